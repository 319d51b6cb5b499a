-- What a person shows of themselves, and what replaces a lost or old credential.

ALTER TABLE `account`
  ADD COLUMN `status` VARCHAR(120) NOT NULL DEFAULT '',
  ADD COLUMN `email` VARCHAR(254) CHARACTER SET ascii COLLATE ascii_general_ci NULL,
  ADD COLUMN `credentials_changed_at` DATETIME(3) NULL,
  ADD COLUMN `authenticator_missed` BOOLEAN NOT NULL DEFAULT FALSE,
  ADD UNIQUE KEY `account_email` (`email`);

CREATE TABLE `account_picture` (
  `account_id` BINARY(16) NOT NULL,
  `hash` BINARY(16) NOT NULL,
  `content_type` VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `bytes` MEDIUMBLOB NOT NULL,
  PRIMARY KEY (`account_id`),
  CONSTRAINT `account_picture_account` FOREIGN KEY (`account_id`) REFERENCES `account` (`id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `sign_in_code` (
  `account_id` BINARY(16) NOT NULL,
  `code_hash` BINARY(32) NOT NULL,
  `created_at` DATETIME(3) NOT NULL,
  PRIMARY KEY (`account_id`, `code_hash`),
  CONSTRAINT `sign_in_code_account` FOREIGN KEY (`account_id`) REFERENCES `account` (`id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `pending_totp` (
  `account_id` BINARY(16) NOT NULL,
  `token_hash` BINARY(32) NOT NULL,
  `totp_secret` VARBINARY(64) NOT NULL,
  `totp_key_version` SMALLINT UNSIGNED NOT NULL,
  `attempts` INT UNSIGNED NOT NULL,
  `expires_at` DATETIME(3) NOT NULL,
  PRIMARY KEY (`account_id`),
  KEY `pending_totp_by_expiry` (`expires_at`),
  CONSTRAINT `pending_totp_account` FOREIGN KEY (`account_id`) REFERENCES `account` (`id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
