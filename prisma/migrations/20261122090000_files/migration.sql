-- Sealed files: their bytes lie in a folder, under the id.
CREATE TABLE `file` (
  `id` BINARY(16) NOT NULL,
  `conversation_id` BINARY(16) NOT NULL,
  `uploader_id` BINARY(16) NOT NULL,
  `size` BIGINT UNSIGNED NOT NULL,
  `received` BIGINT UNSIGNED NOT NULL DEFAULT 0,
  `created_at` DATETIME(3) NOT NULL,
  `message_id` BINARY(16) NULL,
  `held` BOOLEAN NOT NULL DEFAULT FALSE,
  PRIMARY KEY (`id`),
  KEY `file_by_message` (`conversation_id`, `message_id`),
  KEY `file_by_uploader` (`uploader_id`, `held`, `size`),
  KEY `file_by_age` (`created_at`),
  KEY `file_loose` (`held`, `created_at`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- Files that are gone, while their bytes still lie there.
CREATE TABLE `file_removal` (
  `id` BINARY(16) NOT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
