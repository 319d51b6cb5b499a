-- Rooms that those who run the server have closed to everything new, and indexes for listing them in each order.
ALTER TABLE `conversation`
  ADD COLUMN `archived` BOOLEAN NOT NULL DEFAULT FALSE AFTER `ownerless`,
  ADD KEY `conversation_archived` (`archived`, `member_count`),
  ADD KEY `conversation_archived_by_age` (`archived`, `created_at`),
  ADD KEY `conversation_archived_by_day` (`archived`, `active_day`),
  ADD KEY `conversation_archived_by_bytes` (`archived`, `stored_bytes`);
