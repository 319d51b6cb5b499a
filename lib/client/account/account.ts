import type { Account } from "../model-account.ts";
import { createCredentialActions } from "./credentials.ts";
import { createDeletionActions } from "./deletion.ts";
import { createExportActions } from "./export.ts";
import { createJournalActions } from "./journal.ts";
import { createKeyActions } from "./keys.ts";
import { createLinkingActions } from "./linking.ts";
import type { AccountParts } from "./parts.ts";
import { createProfileActions } from "./profile.ts";
import { createSessionActions } from "./sessions.ts";
import { createTrustActions } from "./trust.ts";

/** Everything a person can do with the account itself; loaded with the settings, not with the messenger. */
export function createAccount(parts: AccountParts): Account {
  return {
    id: parts.vault.account,
    sessions: createSessionActions(parts),
    journal: createJournalActions(parts),
    keys: createKeyActions(parts),
    linking: createLinkingActions(parts),
    credentials: createCredentialActions(parts),
    profile: createProfileActions(parts),
    export: createExportActions(parts),
    deletion: createDeletionActions(parts),
    trust: createTrustActions(parts),
  };
}
