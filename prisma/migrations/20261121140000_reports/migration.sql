-- Messages that somebody reported, sealed to those who may do something about it. The conversation is named and not
-- referred to: a report to those who run the server outlives the room that it is about.
CREATE TABLE `report` (
  `id` BINARY(16) NOT NULL,
  `conversation_id` BINARY(16) NOT NULL,
  `reporter_id` BINARY(16) NOT NULL,
  `audience` ENUM('moderators', 'administrators') NOT NULL,
  `created_at` DATETIME(3) NOT NULL,
  `sealed` MEDIUMBLOB NOT NULL,
  `decision` ENUM('dismissed', 'acted') NULL,
  `decided_by` BINARY(16) NULL,
  `decided_at` DATETIME(3) NULL,
  `outcome_seen` BOOLEAN NOT NULL DEFAULT FALSE,
  PRIMARY KEY (`id`),
  KEY `report_by_reporter` (`reporter_id`, `created_at`),
  KEY `report_by_decider` (`decided_by`),
  KEY `report_by_age` (`created_at`),
  KEY `report_by_decision` (`decided_at`),
  CONSTRAINT `report_reporter` FOREIGN KEY (`reporter_id`) REFERENCES `account` (`id`) ON DELETE CASCADE,
  CONSTRAINT `report_decider` FOREIGN KEY (`decided_by`) REFERENCES `account` (`id`) ON DELETE SET NULL
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- The report's key, sealed to one of those who get it.
CREATE TABLE `report_box` (
  `report_id` BINARY(16) NOT NULL,
  `account_id` BINARY(16) NOT NULL,
  `box` VARBINARY(2048) NOT NULL,
  PRIMARY KEY (`report_id`, `account_id`),
  KEY `report_box_by_account` (`account_id`),
  CONSTRAINT `report_box_report` FOREIGN KEY (`report_id`) REFERENCES `report` (`id`) ON DELETE CASCADE,
  CONSTRAINT `report_box_account` FOREIGN KEY (`account_id`) REFERENCES `account` (`id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- A decision about a report is something that a moderator does.
ALTER TABLE `moderation_event`
  MODIFY `kind` ENUM('muted', 'erased', 'profile', 'report') NOT NULL;
