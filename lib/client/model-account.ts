import type { AccountId } from "../base/ids.ts";

/** What views see of the account: one group of actions for each part of the settings. Each rejects with AppError. */
export interface Account {
  readonly id: AccountId;
}
