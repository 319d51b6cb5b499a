-- A session keeps its id while the secret in its cookie is replaced at each step-up.

DELETE FROM `session`;

ALTER TABLE `session`
  DROP PRIMARY KEY,
  ADD COLUMN `id` BINARY(16) NOT NULL FIRST,
  CHANGE COLUMN `id_hash` `secret_hash` BINARY(32) NOT NULL AFTER `id`,
  ADD COLUMN `replaced_hash` BINARY(32) NULL AFTER `secret_hash`,
  ADD COLUMN `stepped_up_at` DATETIME(3) NULL AFTER `authenticated_at`,
  ADD PRIMARY KEY (`id`);

-- When a device was taken away: its owner's next browser makes a new vault key.
ALTER TABLE `identity`
  ADD COLUMN `renewal_due` BOOLEAN NOT NULL DEFAULT FALSE AFTER `vault_key_version`;
