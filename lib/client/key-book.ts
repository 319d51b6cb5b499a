import type { ConversationId } from "../base/ids.ts";
import type { Api } from "./api.ts";
import { type ChainFollower, type ConversationKeys, createChainFollower } from "./chain-follower.ts";
import type { Identities } from "./identities.ts";
import type { Vault } from "./vault.ts";

export type { ConversationKeys, ToldRecord } from "./chain-follower.ts";

interface Page {
  readonly chain: ChainFollower;
  /** Null when something may have been appended. */
  keys: Promise<ConversationKeys> | null;
  /** The last time it was asked for, however that ended. */
  asked: Promise<unknown>;
}

/** Chains of records and the keys they commit to (docs/protocol.md §4). */
export function createKeyBook(api: Api, vault: Vault, identities: Identities) {
  const pages = new Map<ConversationId, Page>();

  function pageOf(conversation: ConversationId): Page {
    let page = pages.get(conversation);
    if (!page) {
      const chain = createChainFollower(conversation, api, vault, identities);
      page = { chain, keys: null, asked: Promise.resolve() };
      pages.set(conversation, page);
    }
    return page;
  }

  return {
    /** @throws CryptoError, IdentityChangedError, AppError */
    require(conversation: ConversationId): Promise<ConversationKeys> {
      const page = pageOf(conversation);
      if (page.keys) return page.keys;
      // One after the other: each continues what the one before has accepted.
      const keys = page.asked.then(page.chain.follow, page.chain.follow);
      page.keys = keys;
      page.asked = keys;
      keys.catch(() => {
        if (page.keys === keys) page.keys = null;
      });
      return keys;
    },

    /** A record was appended. */
    forget(conversation: ConversationId): void {
      const page = pages.get(conversation);
      if (page) page.keys = null;
    },

    /** Nothing more is known of it: one is no member any more. */
    drop: (conversation: ConversationId): void => void pages.delete(conversation),
  };
}

export type KeyBook = ReturnType<typeof createKeyBook>;
