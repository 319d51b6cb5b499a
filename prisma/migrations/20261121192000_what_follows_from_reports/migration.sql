-- What follows from a report: somebody may write nowhere for a time, or is told something, and the decision says so.
ALTER TABLE `account` MODIFY `restraint` ENUM('suspended', 'banned', 'muted') NULL;

-- What those who run the server say to somebody, until they have read it.
CREATE TABLE `warning` (
  `id` BINARY(16) NOT NULL,
  `account_id` BINARY(16) NOT NULL,
  `at` DATETIME(3) NOT NULL,
  `text` VARCHAR(300) NOT NULL,
  PRIMARY KEY (`id`),
  KEY `warning_by_account` (`account_id`, `at`),
  CONSTRAINT `warning_account` FOREIGN KEY (`account_id`) REFERENCES `account` (`id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

ALTER TABLE `report`
  ADD COLUMN `measure` ENUM('warned', 'muted', 'suspended', 'banned') NULL,
  ADD COLUMN `erased` BOOLEAN NOT NULL DEFAULT FALSE,
  ADD COLUMN `about_id` BINARY(16) NULL,
  ADD KEY `report_by_about` (`about_id`),
  ADD CONSTRAINT `report_about` FOREIGN KEY (`about_id`) REFERENCES `account` (`id`) ON DELETE SET NULL;
