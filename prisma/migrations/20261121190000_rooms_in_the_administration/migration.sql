-- When rooms were last written in, which of them nobody owns any more, and an index for each order in which they are listed.
ALTER TABLE `conversation`
  ADD COLUMN `active_day` INT UNSIGNED NOT NULL DEFAULT 0,
  ADD COLUMN `ownerless` BOOLEAN NOT NULL DEFAULT FALSE;

UPDATE `conversation` c
  LEFT JOIN `message` m ON m.`conversation_id` = c.`id` AND m.`seq` = c.`last_seq`
   SET c.`active_day` = DATE_FORMAT(COALESCE(m.`stored_at`, c.`created_at`), '%Y%m%d'),
       c.`ownerless` = c.`kind` <> 'direct' AND NOT EXISTS
         (SELECT 1 FROM `conversation_member` o
           WHERE o.`conversation_id` = c.`id` AND o.`role` = 'owner' AND o.`left_at` IS NULL);

ALTER TABLE `conversation`
  ADD KEY `conversation_by_age` (`kind`, `created_at`),
  ADD KEY `conversation_by_day` (`kind`, `active_day`),
  ADD KEY `conversation_ownerless` (`ownerless`, `member_count`),
  ADD KEY `conversation_ownerless_by_age` (`ownerless`, `created_at`),
  ADD KEY `conversation_ownerless_by_day` (`ownerless`, `active_day`),
  ADD KEY `conversation_listed_name` (`listed_name`);
