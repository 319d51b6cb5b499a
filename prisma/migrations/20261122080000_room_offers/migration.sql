-- To whom an administrator has offered a room that none of its owners is in any more, until that is answered.
CREATE TABLE `room_offer` (
  `conversation_id` BINARY(16) NOT NULL,
  `account_id` BINARY(16) NOT NULL,
  `offered_at` DATETIME(3) NOT NULL,
  PRIMARY KEY (`conversation_id`),
  KEY `room_offer_by_account` (`account_id`),
  CONSTRAINT `room_offer_conversation` FOREIGN KEY (`conversation_id`) REFERENCES `conversation` (`id`) ON DELETE CASCADE,
  CONSTRAINT `room_offer_account` FOREIGN KEY (`account_id`) REFERENCES `account` (`id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
