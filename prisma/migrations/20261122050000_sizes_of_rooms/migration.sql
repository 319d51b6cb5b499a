-- How large rooms are, counted now and then, an index for listing them by it, and ones for who owns them and which were closed.
ALTER TABLE `conversation`
  ADD COLUMN `stored_bytes` BIGINT UNSIGNED NOT NULL DEFAULT 0,
  ADD COLUMN `sized_from_seq` BIGINT UNSIGNED NOT NULL DEFAULT 1,
  ADD COLUMN `sized_to_seq` BIGINT UNSIGNED NOT NULL DEFAULT 0,
  ADD KEY `conversation_by_bytes` (`kind`, `stored_bytes`),
  ADD KEY `conversation_ownerless_by_bytes` (`ownerless`, `stored_bytes`),
  ADD KEY `conversation_closed` (`kind`, `closed_at`);

ALTER TABLE `conversation_member`
  ADD KEY `conversation_member_by_role` (`conversation_id`, `role`, `left_at`);
