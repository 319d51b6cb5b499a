import type { Bytes } from "../base/bytes.ts";
import { toBase64url } from "../base/encoding.ts";
import { type ConversationId, idToBytes } from "../base/ids.ts";
import { acceptRecord, type ChainLink } from "../crypto/chain.ts";
import type { ChainState } from "../crypto/chain-state.ts";
import { CryptoError } from "../crypto/errors.ts";
import { requireCommitted } from "../crypto/key-commitment.ts";
import type { ConversationKey } from "../crypto/keys.ts";
import type { MessageReader } from "../crypto/message.ts";
import { boxKeyFromSeed, openBox } from "../crypto/sealed-box.ts";
import { recordsAnswer } from "../protocol/http/conversations.ts";
import type { Api } from "./api.ts";
import type { Identities } from "./identities.ts";
import type { Vault } from "./vault.ts";

/** A conversation whose records are accepted and whose current key is at hand. */
export interface ConversationKeys {
  readonly state: ChainState;
  readonly key: ConversationKey;
  readonly reader: MessageReader;
  /** How many messages there were when the newest key epoch began. */
  readonly keyEpochSeq: number;
}

/** Chains of records and the keys they commit to (docs/protocol.md §4). */
export function createKeyBook(api: Api, vault: Vault, identities: Identities) {
  const known = new Map<ConversationId, Promise<ConversationKeys>>();

  async function load(conversation: ConversationId): Promise<ConversationKeys> {
    const answer = await api.get(`/api/conversations/${conversation}/records`, recordsAnswer);
    const states = new Map<string, ChainState>();
    const boxes = new Map(answer.boxes.map(({ keyEpoch, box }) => [keyEpoch, box]));
    const keys = new Map<number, ConversationKey>();
    let link: ChainLink | null = null;
    for (const bytes of answer.records) {
      link = await acceptRecord(link?.state ?? null, bytes, (account, hash) =>
        identities.findSigningKey(account, hash),
      );
      const { state } = link;
      if (state.conversation !== conversation) throw new CryptoError("wrong-chain", "another conversation");
      states.set(toBase64url(state.head), state);
      if (!keys.has(state.keyEpoch)) {
        const key = await findKey(state, boxes.get(state.keyEpoch));
        if (key) keys.set(state.keyEpoch, key);
      }
    }
    if (!link) throw new CryptoError("wrong-chain", "no record");
    const key = keys.get(link.state.keyEpoch);
    if (!key) throw new CryptoError("waiting-for-key");
    const reader: MessageReader = {
      conversation,
      findState: (hash) => states.get(toBase64url(hash)) ?? null,
      findConversationKey: (epoch) => keys.get(epoch) ?? null,
      findSigningKey: (account, hash) => identities.findSigningKey(account, hash),
    };
    return { state: link.state, key, reader, keyEpochSeq: answer.keyEpochSeq };
  }

  /** From the vault, else out of one's own box: then into the vault, because transport keys do not last. */
  async function findKey(state: ChainState, box: Bytes | undefined): Promise<ConversationKey | null> {
    const { conversation, keyEpoch } = state;
    const kept = await vault.findConversationKey(conversation, keyEpoch);
    if (kept) return requireCommitted(kept, state);
    if (!box) return null;
    const context = {
      purpose: "conversation-key",
      account: vault.account,
      object: idToBytes(conversation),
      epoch: keyEpoch,
    } as const;
    for (const { seed } of vault.root().transport.toReversed()) {
      const opened = await openBox(await boxKeyFromSeed(seed), context, box);
      if (!opened) continue;
      const key = await requireCommitted(opened, state);
      // Not waited for: the box opens again next time, and then it is kept.
      vault.saveConversationKey(conversation, keyEpoch, key).catch(() => {});
      return key;
    }
    return null;
  }

  return {
    /** @throws CryptoError, IdentityChangedError, AppError */
    require(conversation: ConversationId): Promise<ConversationKeys> {
      let keys = known.get(conversation);
      if (!keys) {
        keys = load(conversation);
        known.set(conversation, keys);
        keys.catch(() => known.delete(conversation));
      }
      return keys;
    },

    /** A record was appended. */
    forget: (conversation: ConversationId): void => void known.delete(conversation),
  };
}

export type KeyBook = ReturnType<typeof createKeyBook>;
