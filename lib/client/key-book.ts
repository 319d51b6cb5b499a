import type { ConversationId } from "../base/ids.ts";
import { CryptoError } from "../crypto/errors.ts";
import type { Api } from "./api.ts";
import { type ChainFollower, type ConversationKeys, createChainFollower } from "./chain-follower.ts";
import type { Identities } from "./identities.ts";
import type { SeenHead, Storage } from "./platform.ts";
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
export function createKeyBook(
  api: Api,
  vault: Vault,
  identities: Identities,
  storage: Pick<Storage, "seenHeads" | "raiseHead">,
) {
  const pages = new Map<ConversationId, Page>();
  const { account } = vault;
  /** Read before records are asked for: another tab may accept a newer one between their answer and then. */
  const seen = storage.seenHeads(account).then((heads) => new Map(heads));
  // Said where it is needed.
  seen.catch(() => {});

  /**
   * What was accepted here stays: a chain that ends earlier now, or went another way, is not followed.
   * @throws CryptoError "wrong-chain"
   */
  async function remember(
    heads: Map<ConversationId, SeenHead>,
    conversation: ConversationId,
    { state, findState, cutBy }: ConversationKeys,
  ) {
    const before = heads.get(conversation);
    // Cut off before that, it says nothing of what follows.
    const isCut = cutBy !== null && before !== undefined && state.number < before.number;
    if (isCut) return;
    if (before && !findState(before.hash))
      throw new CryptoError("wrong-chain", "an accepted record is missing");
    if (before && before.number >= state.number) return;
    const head = { number: state.number, hash: state.head };
    heads.set(conversation, head);
    await storage.raiseHead(account, conversation, head);
  }

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
      const follow = async () => {
        const heads = await seen;
        const followed = await page.chain.follow();
        await remember(heads, conversation, followed);
        return followed;
      };
      const keys = page.asked.then(follow, follow);
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

    /**
     * One is no member any more, by the server's word: the newest record stays known, or leaving a conversation out for a
     * moment would be enough to show an older one.
     */
    drop: (conversation: ConversationId): void => void pages.delete(conversation),
  };
}

export type KeyBook = ReturnType<typeof createKeyBook>;
