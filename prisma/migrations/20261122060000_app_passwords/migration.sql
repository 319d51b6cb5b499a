-- What stands for password and authenticator where a program signs in, for those whom an administrator lets have such a thing.
ALTER TABLE `account` ADD COLUMN `app_passwords` BOOLEAN NOT NULL DEFAULT FALSE;

CREATE TABLE `app_password` (
  `id` BINARY(16) NOT NULL,
  `account_id` BINARY(16) NOT NULL,
  `name` VARCHAR(64) NOT NULL,
  `secret_hash` BINARY(32) NOT NULL,
  `created_at` DATETIME(3) NOT NULL,
  `last_used_at` DATETIME(3) NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `app_password_of_account` (`account_id`, `secret_hash`),
  CONSTRAINT `app_password_account` FOREIGN KEY (`account_id`) REFERENCES `account` (`id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- By which a session began; of one that was removed, the session has ended.
ALTER TABLE `session` ADD COLUMN `app_password_id` BINARY(16) NULL;
