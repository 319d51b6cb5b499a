-- An entry's hash covers a salted hash of the address from now on: with the salt erased, the chain still holds. Entries
-- from before have neither column.
-- An index for each order in which the journal is looked through, newest first; addresses as numbers, IPv4 within ::ffff:/96.

ALTER TABLE `journal`
  ADD COLUMN `address_salt` BINARY(16) NULL AFTER `address`,
  ADD COLUMN `address_digest` BINARY(32) NULL AFTER `address_salt`,
  ADD COLUMN `address_key` VARBINARY(16)
    AS (INET6_ATON(IF(LOCATE(':', `address`) > 0, `address`, CONCAT('::ffff:', `address`)))) STORED AFTER `address_digest`,
  DROP KEY `journal_by_event`,
  ADD KEY `journal_by_time` (`at`),
  ADD KEY `journal_by_account_and_time` (`account_id`, `at`),
  ADD KEY `journal_by_address` (`address_key`, `at`),
  ADD KEY `journal_by_event` (`event`, `at`),
  ADD KEY `journal_by_event_and_outcome` (`event`, `outcome`, `at`),
  ADD KEY `journal_by_outcome` (`outcome`, `at`);
