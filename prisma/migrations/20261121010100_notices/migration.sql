-- Which session did something, why a sign-in looked unusual, and how far a session has been told.

ALTER TABLE `journal`
  ADD COLUMN `session_id` BINARY(16) NULL AFTER `account_id`;

ALTER TABLE `session`
  ADD COLUMN `suspicion` VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '' AFTER `agent`,
  ADD COLUMN `noticed_id` BIGINT UNSIGNED NOT NULL DEFAULT 0 AFTER `suspicion`;
