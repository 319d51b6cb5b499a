-- Who left a conversation stays listed for those who remain, and a conversation of two is closed then.
ALTER TABLE `conversation`
  ADD COLUMN `closed_at` DATETIME(3) NULL;

ALTER TABLE `conversation_member`
  ADD COLUMN `left_at` DATETIME(3) NULL;

-- What verifies the records of a deleted account outlives it, as long as somebody can read them.
ALTER TABLE `former_identity`
  DROP FOREIGN KEY `former_identity_account`;

-- Accounts that are gone while the content of their messages is still being erased.
CREATE TABLE `unfinished_deletion` (
  `account_id` BINARY(16) NOT NULL,
  `deleted_at` DATETIME(3) NOT NULL,
  PRIMARY KEY (`account_id`)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
