import type { Account } from "../model-account.ts";
import type { AccountParts } from "./parts.ts";

/** Everything a person can do with the account itself; loaded with the settings, not with the messenger. */
export function createAccount({ vault }: AccountParts): Account {
  return { id: vault.account };
}
