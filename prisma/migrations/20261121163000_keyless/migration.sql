-- Who has not made keys yet, in the orders in which people are listed.
ALTER TABLE `account`
  ADD COLUMN `keyless` BOOLEAN NOT NULL DEFAULT TRUE,
  ADD KEY `account_keyless` (`keyless`, `name`),
  ADD KEY `account_keyless_by_age` (`keyless`, `created_at`),
  ADD KEY `account_keyless_by_day` (`keyless`, `last_active_day`);

UPDATE `account` SET `keyless` = FALSE WHERE `id` IN (SELECT `account_id` FROM `identity`);
