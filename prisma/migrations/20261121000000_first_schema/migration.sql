-- The first schema. Clustered as it is read: messages by (conversation, seq), members by conversation.

CREATE TABLE `account` (
  `id` BINARY(16) NOT NULL,
  `name` VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `display_name` VARCHAR(64) NOT NULL,
  `role` ENUM('member', 'administrator') NOT NULL,
  `password_hash` VARCHAR(72) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `pepper_version` SMALLINT UNSIGNED NOT NULL,
  `totp_secret` VARBINARY(64) NOT NULL,
  `totp_key_version` SMALLINT UNSIGNED NOT NULL,
  `totp_last_step` BIGINT UNSIGNED NOT NULL,
  `created_at` DATETIME(3) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `account_name` (`name`),
  KEY `account_display_name` (`display_name`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `identity` (
  `account_id` BINARY(16) NOT NULL,
  `public_key` BINARY(32) NOT NULL,
  `vault_key_version` INT UNSIGNED NOT NULL,
  `created_at` DATETIME(3) NOT NULL,
  PRIMARY KEY (`account_id`),
  CONSTRAINT `identity_account` FOREIGN KEY (`account_id`) REFERENCES `account` (`id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `certificate` (
  `account_id` BINARY(16) NOT NULL,
  `key_type` TINYINT UNSIGNED NOT NULL,
  `epoch` INT UNSIGNED NOT NULL,
  `bytes` VARBINARY(2048) NOT NULL,
  `created_at` DATETIME(3) NOT NULL,
  PRIMARY KEY (`account_id`, `key_type`, `epoch`),
  CONSTRAINT `certificate_account` FOREIGN KEY (`account_id`) REFERENCES `account` (`id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `device` (
  `id` BINARY(16) NOT NULL,
  `account_id` BINARY(16) NOT NULL,
  `name` VARCHAR(120) NOT NULL,
  `certificate` VARBINARY(2048) NOT NULL,
  `created_at` DATETIME(3) NOT NULL,
  PRIMARY KEY (`id`),
  KEY `device_by_account` (`account_id`),
  CONSTRAINT `device_account` FOREIGN KEY (`account_id`) REFERENCES `account` (`id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `vault_entry` (
  `account_id` BINARY(16) NOT NULL,
  `entry_id` BINARY(16) NOT NULL,
  `counter` BIGINT UNSIGNED NOT NULL,
  `vault_key_version` INT UNSIGNED NOT NULL,
  `ciphertext` MEDIUMBLOB NOT NULL,
  PRIMARY KEY (`account_id`, `entry_id`),
  CONSTRAINT `vault_entry_account` FOREIGN KEY (`account_id`) REFERENCES `account` (`id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `vault_key_box` (
  `account_id` BINARY(16) NOT NULL,
  `vault_key_version` INT UNSIGNED NOT NULL,
  `recipient_key_id` BINARY(32) NOT NULL,
  `box` VARBINARY(2048) NOT NULL,
  PRIMARY KEY (`account_id`, `vault_key_version`, `recipient_key_id`),
  CONSTRAINT `vault_key_box_account` FOREIGN KEY (`account_id`) REFERENCES `account` (`id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `session` (
  `id_hash` BINARY(32) NOT NULL,
  `account_id` BINARY(16) NOT NULL,
  `device_id` BINARY(16) NULL,
  `address` VARCHAR(45) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `agent` VARCHAR(255) NOT NULL,
  `created_at` DATETIME(3) NOT NULL,
  `last_seen_at` DATETIME(3) NOT NULL,
  `authenticated_at` DATETIME(3) NOT NULL,
  `ends_at` DATETIME(3) NOT NULL,
  `revoked_at` DATETIME(3) NULL,
  PRIMARY KEY (`id_hash`),
  KEY `session_by_account` (`account_id`),
  KEY `session_by_end` (`ends_at`),
  CONSTRAINT `session_account` FOREIGN KEY (`account_id`) REFERENCES `account` (`id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `pending_registration` (
  `id_hash` BINARY(32) NOT NULL,
  `account_id` BINARY(16) NOT NULL,
  `name` VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `display_name` VARCHAR(64) NOT NULL,
  `role` ENUM('member', 'administrator') NOT NULL,
  `password_hash` VARCHAR(72) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `pepper_version` SMALLINT UNSIGNED NOT NULL,
  `totp_secret` VARBINARY(64) NOT NULL,
  `totp_key_version` SMALLINT UNSIGNED NOT NULL,
  `attempts` INT UNSIGNED NOT NULL,
  `expires_at` DATETIME(3) NOT NULL,
  PRIMARY KEY (`id_hash`),
  KEY `pending_registration_by_expiry` (`expires_at`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `sign_in_challenge` (
  `id_hash` BINARY(32) NOT NULL,
  `name` VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `account_id` BINARY(16) NULL,
  `password_ok` BOOLEAN NOT NULL,
  `attempts` INT UNSIGNED NOT NULL,
  `expires_at` DATETIME(3) NOT NULL,
  PRIMARY KEY (`id_hash`),
  KEY `sign_in_challenge_by_expiry` (`expires_at`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `throttle` (
  `key` BINARY(32) NOT NULL,
  `attempts` INT UNSIGNED NOT NULL,
  `window_start` DATETIME(3) NOT NULL,
  `strikes` INT UNSIGNED NOT NULL,
  `day_attempts` INT UNSIGNED NOT NULL,
  `day_start` DATETIME(3) NOT NULL,
  `blocked_until` DATETIME(3) NULL,
  PRIMARY KEY (`key`),
  KEY `throttle_by_day` (`day_start`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `journal` (
  `id` BIGINT UNSIGNED NOT NULL,
  `at` DATETIME(3) NOT NULL,
  `event` VARCHAR(48) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `outcome` VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `account_id` BINARY(16) NULL,
  `address` VARCHAR(45) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `agent` VARCHAR(255) NOT NULL,
  `detail` VARCHAR(255) NOT NULL,
  `hash` BINARY(32) NOT NULL,
  PRIMARY KEY (`id`),
  KEY `journal_by_account` (`account_id`, `id`),
  KEY `journal_by_event` (`event`, `id`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `server_state` (
  `key` VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `value` VARBINARY(255) NOT NULL,
  PRIMARY KEY (`key`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `conversation` (
  `id` BINARY(16) NOT NULL,
  `kind` ENUM('direct') NOT NULL,
  `record_number` INT UNSIGNED NOT NULL,
  `record_hash` BINARY(32) NOT NULL,
  `key_epoch` INT UNSIGNED NOT NULL,
  `last_seq` BIGINT UNSIGNED NOT NULL,
  `created_at` DATETIME(3) NOT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `conversation_member` (
  `conversation_id` BINARY(16) NOT NULL,
  `account_id` BINARY(16) NOT NULL,
  `delivered_seq` BIGINT UNSIGNED NOT NULL,
  `read_seq` BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (`conversation_id`, `account_id`),
  KEY `conversation_member_by_account` (`account_id`),
  CONSTRAINT `conversation_member_conversation` FOREIGN KEY (`conversation_id`) REFERENCES `conversation` (`id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `conversation_record` (
  `conversation_id` BINARY(16) NOT NULL,
  `number` INT UNSIGNED NOT NULL,
  `author_id` BINARY(16) NOT NULL,
  `bytes` MEDIUMBLOB NOT NULL,
  `created_at` DATETIME(3) NOT NULL,
  PRIMARY KEY (`conversation_id`, `number`),
  CONSTRAINT `conversation_record_conversation` FOREIGN KEY (`conversation_id`) REFERENCES `conversation` (`id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `conversation_box` (
  `conversation_id` BINARY(16) NOT NULL,
  `key_epoch` INT UNSIGNED NOT NULL,
  `account_id` BINARY(16) NOT NULL,
  `box` VARBINARY(2048) NOT NULL,
  PRIMARY KEY (`conversation_id`, `key_epoch`, `account_id`),
  CONSTRAINT `conversation_box_conversation` FOREIGN KEY (`conversation_id`) REFERENCES `conversation` (`id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `message` (
  `conversation_id` BINARY(16) NOT NULL,
  `seq` BIGINT UNSIGNED NOT NULL,
  `message_id` BINARY(16) NOT NULL,
  `sender_id` BINARY(16) NOT NULL,
  `stored_at` DATETIME(3) NOT NULL,
  `envelope` MEDIUMBLOB NOT NULL,
  PRIMARY KEY (`conversation_id`, `seq`),
  UNIQUE KEY `message_once` (`conversation_id`, `message_id`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
