-- A browser that asks to be linked, for the two minutes that this may take.

CREATE TABLE `device_link` (
  `id` BINARY(16) NOT NULL,
  `account_id` BINARY(16) NOT NULL,
  `session_id` BINARY(16) NOT NULL,
  `device_key` VARBINARY(1216) NOT NULL,
  `commitment` BINARY(32) NULL,
  `challenge` BINARY(32) NULL,
  `reveal` BINARY(32) NULL,
  `box` VARBINARY(2048) NULL,
  `address` VARCHAR(45) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `agent` VARCHAR(255) NOT NULL,
  `expires_at` DATETIME(3) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `device_link_of_session` (`session_id`),
  KEY `device_link_by_account` (`account_id`),
  KEY `device_link_by_expiry` (`expires_at`),
  CONSTRAINT `device_link_session` FOREIGN KEY (`session_id`) REFERENCES `session` (`id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
