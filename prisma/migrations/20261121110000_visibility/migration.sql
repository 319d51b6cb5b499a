-- What people let others see of them: whether they are there, when they write, how far they have read and when.

ALTER TABLE `account`
  ADD COLUMN `availability` ENUM('automatic', 'busy', 'invisible') NOT NULL DEFAULT 'automatic',
  ADD COLUMN `read_states` BOOLEAN NOT NULL DEFAULT TRUE,
  ADD COLUMN `typing` BOOLEAN NOT NULL DEFAULT TRUE;

-- The others are shown one place, the person's own browsers agree on another: what was read unseen stays unseen.
ALTER TABLE `conversation_member`
  ADD COLUMN `delivered_at` DATETIME(3) NULL,
  ADD COLUMN `shown_read_seq` BIGINT UNSIGNED NOT NULL DEFAULT 0,
  ADD COLUMN `shown_read_at` DATETIME(3) NULL;

UPDATE `conversation_member` SET `shown_read_seq` = `read_seq`;
