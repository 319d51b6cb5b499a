-- Rooms. What the send path and the lists ask of a conversation stands beside it; the signed records decide.
ALTER TABLE `conversation`
  MODIFY `kind` ENUM('direct', 'private_room', 'public_room') NOT NULL,
  ADD COLUMN `member_count` INT UNSIGNED NOT NULL DEFAULT 0,
  ADD COLUMN `first_seq` BIGINT UNSIGNED NOT NULL DEFAULT 1,
  ADD COLUMN `posting` ENUM('everyone', 'moderators', 'nobody') NOT NULL DEFAULT 'everyone',
  ADD COLUMN `slow_seconds` INT UNSIGNED NOT NULL DEFAULT 0,
  ADD COLUMN `retention_seconds` INT UNSIGNED NOT NULL DEFAULT 0,
  ADD COLUMN `profile` MEDIUMBLOB NULL,
  ADD COLUMN `profile_revision` INT UNSIGNED NOT NULL DEFAULT 0,
  ADD COLUMN `listed_name` VARCHAR(64) NULL,
  ADD COLUMN `listed_topic` VARCHAR(250) NULL,
  ADD KEY `conversation_directory` (`kind`, `member_count`),
  ADD KEY `conversation_retention` (`retention_seconds`);

-- Whoever is in a conversation of two is an owner of it.
ALTER TABLE `conversation_member`
  ADD COLUMN `role` ENUM('member', 'moderator', 'owner') NOT NULL DEFAULT 'owner',
  ADD COLUMN `visible_from_seq` BIGINT UNSIGNED NOT NULL DEFAULT 1,
  ADD COLUMN `muted_until` DATETIME(3) NULL;

UPDATE `conversation` c SET c.`member_count` =
  (SELECT COUNT(*) FROM `conversation_member` m WHERE m.`conversation_id` = c.`id` AND m.`left_at` IS NULL);

-- Who must not come in: as the records say, for those who ask without having them.
CREATE TABLE `conversation_ban` (
  `conversation_id` BINARY(16) NOT NULL,
  `account_id` BINARY(16) NOT NULL,
  PRIMARY KEY (`conversation_id`, `account_id`),
  KEY `conversation_ban_by_account` (`account_id`),
  CONSTRAINT `conversation_ban_conversation` FOREIGN KEY (`conversation_id`) REFERENCES `conversation` (`id`) ON DELETE CASCADE,
  CONSTRAINT `conversation_ban_account` FOREIGN KEY (`account_id`) REFERENCES `account` (`id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- Who asks to be let into a room, until some member's browser answers.
CREATE TABLE `join_request` (
  `conversation_id` BINARY(16) NOT NULL,
  `account_id` BINARY(16) NOT NULL,
  `request` VARBINARY(1024) NOT NULL,
  `created_at` DATETIME(3) NOT NULL,
  PRIMARY KEY (`conversation_id`, `account_id`),
  KEY `join_request_by_account` (`account_id`),
  KEY `join_request_by_age` (`created_at`),
  CONSTRAINT `join_request_conversation` FOREIGN KEY (`conversation_id`) REFERENCES `conversation` (`id`) ON DELETE CASCADE,
  CONSTRAINT `join_request_account` FOREIGN KEY (`account_id`) REFERENCES `account` (`id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- What moderators did that no record says.
CREATE TABLE `moderation_event` (
  `id` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  `conversation_id` BINARY(16) NOT NULL,
  `at` DATETIME(3) NOT NULL,
  `author_id` BINARY(16) NOT NULL,
  `kind` ENUM('muted', 'erased', 'profile') NOT NULL,
  `account_id` BINARY(16) NULL,
  `muted_until` DATETIME(3) NULL,
  PRIMARY KEY (`id`),
  KEY `moderation_event_by_conversation` (`conversation_id`, `id`),
  KEY `moderation_event_by_author` (`author_id`),
  KEY `moderation_event_by_account` (`account_id`),
  CONSTRAINT `moderation_event_conversation` FOREIGN KEY (`conversation_id`) REFERENCES `conversation` (`id`) ON DELETE CASCADE,
  CONSTRAINT `moderation_event_author` FOREIGN KEY (`author_id`) REFERENCES `account` (`id`) ON DELETE CASCADE,
  CONSTRAINT `moderation_event_account` FOREIGN KEY (`account_id`) REFERENCES `account` (`id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
