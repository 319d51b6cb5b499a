-- A vault on its way to a new key: staged beside the current one, which one commit replaces.
CREATE TABLE `renewal` (
  `id` BINARY(16) NOT NULL,
  `account_id` BINARY(16) NOT NULL,
  `vault_key_version` INT UNSIGNED NOT NULL,
  `created_at` DATETIME(3) NOT NULL,
  PRIMARY KEY (`id`),
  KEY `renewal_by_account` (`account_id`, `created_at`),
  KEY `renewal_by_age` (`created_at`),
  CONSTRAINT `renewal_account` FOREIGN KEY (`account_id`) REFERENCES `account` (`id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `renewal_entry` (
  `renewal_id` BINARY(16) NOT NULL,
  `entry_id` BINARY(16) NOT NULL,
  `counter` BIGINT UNSIGNED NOT NULL,
  `ciphertext` MEDIUMBLOB NOT NULL,
  PRIMARY KEY (`renewal_id`, `entry_id`),
  CONSTRAINT `renewal_entry_renewal` FOREIGN KEY (`renewal_id`) REFERENCES `renewal` (`id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- How often browsers could not open something, by day and cause; no account, no content.
CREATE TABLE `open_failure` (
  `day` INT UNSIGNED NOT NULL,
  `cause` VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `failures` BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (`day`, `cause`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
