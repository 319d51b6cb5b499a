-- The access rules, whole lists of them: the one that was confirmed last, and perhaps a later one that ends by itself.
CREATE TABLE `access_rule_set` (
  `version` INT UNSIGNED NOT NULL,
  `rules` MEDIUMTEXT NOT NULL,
  `set_at` DATETIME(3) NOT NULL,
  `set_by` BINARY(16) NULL,
  `trial_until` DATETIME(3) NULL,
  `reverted` BOOLEAN NOT NULL DEFAULT FALSE,
  PRIMARY KEY (`version`),
  KEY `access_rule_set_by_author` (`set_by`),
  CONSTRAINT `access_rule_set_author` FOREIGN KEY (`set_by`) REFERENCES `account` (`id`) ON DELETE SET NULL
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
