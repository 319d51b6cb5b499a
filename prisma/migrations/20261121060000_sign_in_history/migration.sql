-- Where an account has signed in from before, and what failed since, without a look at its other entries.

ALTER TABLE `journal`
  ADD INDEX `journal_of_sign_ins` (`account_id`, `event`, `outcome`, `address`, `id`);
