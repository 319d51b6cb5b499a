-- How many messages a conversation had when its key epoch began: members change its key after a number of them.
ALTER TABLE `conversation`
  ADD COLUMN `key_epoch_seq` BIGINT UNSIGNED NOT NULL DEFAULT 0 AFTER `key_epoch`;
