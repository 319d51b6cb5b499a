-- What whoever runs the server says to everybody on it, in clear.
CREATE TABLE `announcement` (
  `id` BINARY(16) NOT NULL,
  `level` ENUM('information', 'warning') NOT NULL,
  `text` VARCHAR(300) NOT NULL,
  `french` VARCHAR(300) NOT NULL,
  `starts_at` DATETIME(3) NOT NULL,
  `ends_at` DATETIME(3) NOT NULL,
  `created_at` DATETIME(3) NOT NULL,
  `created_by` BINARY(16) NULL,
  PRIMARY KEY (`id`),
  KEY `announcement_by_end` (`ends_at`),
  KEY `announcement_by_author` (`created_by`),
  CONSTRAINT `announcement_author` FOREIGN KEY (`created_by`) REFERENCES `account` (`id`) ON DELETE SET NULL
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
