-- Roles between member and administrator; appended, so that no row has to be written anew.
ALTER TABLE `account`
  MODIFY `role` ENUM('member', 'administrator', 'moderator', 'auditor') NOT NULL,
  ADD COLUMN `last_active_day` INT UNSIGNED NULL,
  ADD KEY `account_by_active_day` (`last_active_day`);

ALTER TABLE `pending_registration`
  MODIFY `role` ENUM('member', 'administrator', 'moderator', 'auditor') NOT NULL;

-- When the administration was last used in a session: it has an idle limit of its own.
ALTER TABLE `session`
  ADD COLUMN `admin_seen_at` DATETIME(3) NULL AFTER `stepped_up_at`;

-- What whoever runs the server has set otherwise than by default, as JSON.
CREATE TABLE `server_policy` (
  `key` VARCHAR(48) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `value` VARCHAR(255) NOT NULL,
  `changed_at` DATETIME(3) NOT NULL,
  `changed_by` BINARY(16) NULL,
  PRIMARY KEY (`key`),
  KEY `server_policy_by_author` (`changed_by`),
  CONSTRAINT `server_policy_author` FOREIGN KEY (`changed_by`) REFERENCES `account` (`id`) ON DELETE SET NULL
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- How much of what happened on which day (yyyymmdd, UTC); no account, no content.
CREATE TABLE `daily_count` (
  `kind` VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `day` INT UNSIGNED NOT NULL,
  `count` BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (`kind`, `day`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
