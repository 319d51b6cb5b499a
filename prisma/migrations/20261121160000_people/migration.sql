-- Who is kept out, why, and until when; and an index for each order in which people are listed.
UPDATE `account` SET `last_active_day` = 0 WHERE `last_active_day` IS NULL;

ALTER TABLE `account`
  MODIFY `last_active_day` INT UNSIGNED NOT NULL DEFAULT 0,
  ADD COLUMN `restraint` ENUM('suspended', 'banned') NULL,
  ADD COLUMN `restraint_reason` VARCHAR(300) NOT NULL DEFAULT '',
  ADD COLUMN `restrained_at` DATETIME(3) NULL,
  ADD COLUMN `restrained_until` DATETIME(3) NULL,
  ADD KEY `account_by_age` (`created_at`),
  ADD KEY `account_by_role` (`role`, `name`),
  ADD KEY `account_by_role_and_age` (`role`, `created_at`),
  ADD KEY `account_by_role_and_day` (`role`, `last_active_day`),
  ADD KEY `account_by_restraint` (`restraint`, `name`),
  ADD KEY `account_by_restraint_and_age` (`restraint`, `created_at`),
  ADD KEY `account_by_restraint_and_day` (`restraint`, `last_active_day`),
  ADD KEY `account_by_end_of_restraint` (`restrained_until`);
