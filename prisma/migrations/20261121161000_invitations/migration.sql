-- Links by which people make an account: of the secret in them only the hash.
CREATE TABLE `invitation` (
  `id` BINARY(16) NOT NULL,
  `token_hash` BINARY(32) NOT NULL,
  `role` ENUM('member', 'administrator', 'moderator', 'auditor') NOT NULL,
  `note` VARCHAR(120) NOT NULL,
  `name` VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL,
  `display_name` VARCHAR(64) NULL,
  `email` VARCHAR(254) CHARACTER SET ascii COLLATE ascii_general_ci NULL,
  `uses` INT UNSIGNED NOT NULL,
  `max_uses` INT UNSIGNED NOT NULL,
  `created_at` DATETIME(3) NOT NULL,
  `created_by` BINARY(16) NULL,
  `expires_at` DATETIME(3) NOT NULL,
  `revoked_at` DATETIME(3) NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `invitation_token` (`token_hash`),
  KEY `invitation_by_author` (`created_by`),
  KEY `invitation_by_expiry` (`expires_at`),
  CONSTRAINT `invitation_author` FOREIGN KEY (`created_by`) REFERENCES `account` (`id`) ON DELETE SET NULL
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- Who came by which.
CREATE TABLE `invitation_use` (
  `invitation_id` BINARY(16) NOT NULL,
  `account_id` BINARY(16) NOT NULL,
  `used_at` DATETIME(3) NOT NULL,
  PRIMARY KEY (`invitation_id`, `account_id`),
  UNIQUE KEY `invitation_use_of_account` (`account_id`),
  CONSTRAINT `invitation_use_invitation` FOREIGN KEY (`invitation_id`) REFERENCES `invitation` (`id`) ON DELETE CASCADE,
  CONSTRAINT `invitation_use_account` FOREIGN KEY (`account_id`) REFERENCES `account` (`id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

ALTER TABLE `pending_registration`
  ADD COLUMN `email` VARCHAR(254) CHARACTER SET ascii COLLATE ascii_general_ci NULL AFTER `display_name`,
  ADD COLUMN `invitation_id` BINARY(16) NULL AFTER `role`;

-- Patterns of e-mail addresses are longer than numbers.
ALTER TABLE `server_policy`
  MODIFY `value` VARCHAR(2048) NOT NULL;
