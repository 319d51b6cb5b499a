-- Identity keys that a reset replaced, with the certificates that still verify what was signed under them.

CREATE TABLE `former_identity` (
  `account_id` BINARY(16) NOT NULL,
  `number` INT UNSIGNED NOT NULL,
  `public_key` BINARY(32) NOT NULL,
  `replaced_at` DATETIME(3) NOT NULL,
  PRIMARY KEY (`account_id`, `number`),
  CONSTRAINT `former_identity_account` FOREIGN KEY (`account_id`) REFERENCES `account` (`id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `former_certificate` (
  `account_id` BINARY(16) NOT NULL,
  `identity` INT UNSIGNED NOT NULL,
  `epoch` INT UNSIGNED NOT NULL,
  `bytes` VARBINARY(2048) NOT NULL,
  PRIMARY KEY (`account_id`, `identity`, `epoch`),
  CONSTRAINT `former_certificate_identity` FOREIGN KEY (`account_id`, `identity`) REFERENCES `former_identity` (`account_id`, `number`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
