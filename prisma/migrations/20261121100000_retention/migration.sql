-- Where each key epoch ended: once its last message is gone by its time, so are the boxes with its key.
CREATE TABLE `conversation_key_epoch` (
  `conversation_id` BINARY(16) NOT NULL,
  `key_epoch` INT UNSIGNED NOT NULL,
  `last_seq` BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (`conversation_id`, `key_epoch`),
  CONSTRAINT `conversation_key_epoch_conversation` FOREIGN KEY (`conversation_id`) REFERENCES `conversation` (`id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- Of those that ended before it is only known that the newest began after them.
INSERT INTO `conversation_key_epoch` (`conversation_id`, `key_epoch`, `last_seq`)
  SELECT DISTINCT b.`conversation_id`, b.`key_epoch`, c.`key_epoch_seq`
    FROM `conversation_box` b JOIN `conversation` c ON c.`id` = b.`conversation_id`
   WHERE b.`key_epoch` < c.`key_epoch`;
