-- Links by which somebody whose authenticator was ended sets up a new one: at most one of an account.
CREATE TABLE `enrolment` (
  `account_id` BINARY(16) NOT NULL,
  `token_hash` BINARY(32) NOT NULL,
  `expires_at` DATETIME(3) NOT NULL,
  PRIMARY KEY (`account_id`),
  UNIQUE KEY `enrolment_token` (`token_hash`),
  KEY `enrolment_by_expiry` (`expires_at`),
  CONSTRAINT `enrolment_account` FOREIGN KEY (`account_id`) REFERENCES `account` (`id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
