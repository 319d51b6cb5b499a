import type { AccountId, ConversationId, MessageId } from "../../base/ids.ts";
import type { Content } from "../../protocol/content.ts";
import type { Api } from "../api.ts";
import type { Identities } from "../identities.ts";
import type { KeyBook } from "../key-book.ts";
import type { MessengerState } from "../model.ts";
import type { LocalDevice, Platform } from "../platform.ts";
import type { Profiles } from "../profiles.ts";
import type { ServerClock } from "../server-clock.ts";
import type { createStore } from "../store.ts";
import type { Vault } from "../vault.ts";

/** What the account's actions work with, once this browser is unlocked. It never leaves lib/client. */
export interface AccountParts {
  readonly api: Api;
  readonly platform: Platform;
  readonly clock: ServerClock;
  readonly store: ReturnType<typeof createStore<MessengerState>>;
  readonly vault: Vault;
  readonly device: LocalDevice;
  readonly identities: Identities;
  readonly book: KeyBook;
  readonly profiles: Profiles;
  /** The conversations that somebody is in. */
  readonly sharedWith: (account: AccountId) => readonly ConversationId[];
  /** Looks at the list again: conversations may be new, or gone. */
  readonly relist: () => Promise<void>;
  /** Records or keys of a conversation may have changed: what could not be opened is tried again. */
  readonly reopen: (conversation: ConversationId) => Promise<void>;
  /**
   * Puts something into a conversation's outbox, where one may write there.
   * @param scheduled its id, where another browser may send the same. @returns whether it was put there
   */
  readonly say: (conversation: ConversationId, content: Content, scheduled?: MessageId) => Promise<boolean>;
  /** Ends the account by `end`, and everything of it in this browser. Rejects as `end` does. */
  depart(end: () => Promise<void>): Promise<void>;
  /** What was accepted or compared has changed: conversations look again, and what waited goes on. */
  readonly reviewIdentity: (account: AccountId) => Promise<void>;
}

/** What works without a view as well. */
export type RunningParts = Omit<AccountParts, "depart">;
