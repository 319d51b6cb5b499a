import type { Bytes } from "../base/bytes.ts";
import { toBase64url } from "../base/encoding.ts";
import { type AccountId, type ConversationId, idToBytes } from "../base/ids.ts";
import { acceptRecord, type ChainLink } from "../crypto/chain.ts";
import type { ChainState } from "../crypto/chain-state.ts";
import { CryptoError } from "../crypto/errors.ts";
import { requireCommitted } from "../crypto/key-commitment.ts";
import type { ConversationKey } from "../crypto/keys.ts";
import type { MessageReader } from "../crypto/message.ts";
import { boxKeyFromSeed, openBox } from "../crypto/sealed-box.ts";
import { recordsAnswer } from "../protocol/http/conversations.ts";
import type { ConversationRecord } from "../protocol/layout/record.ts";
import type { Api } from "./api.ts";
import { type Identities, IdentityChangedError } from "./identities.ts";
import type { Vault } from "./vault.ts";

/** A conversation as far as its records are accepted. */
export interface ConversationKeys {
  readonly state: ChainState;
  /** Null where it was sealed for one's own keys before a reset. */
  readonly key: ConversationKey | null;
  readonly reader: MessageReader;
  /** Whether nothing may be sealed under the key: it is lost, or an identity chose it that was replaced since. */
  readonly isOutdated: boolean;
  /** Whether what follows was signed by an identity that was not accepted here. */
  readonly isCut: boolean;
  /** Whether this account's part of that record stands under its identity before a reset: its box is lost. */
  isBeforeReset(recordHash: Bytes): Promise<boolean>;
  /** Whether the sender's key there was replaced by a reset, and yet speaks in the current key epoch. */
  isFromReplaced(sender: AccountId, recordHash: Bytes): Promise<boolean>;
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
    let begun: ConversationRecord | null = null;
    let isCut = false;
    for (const bytes of answer.records) {
      const next = await acceptNext(link, bytes);
      if (!next) {
        isCut = true;
        break;
      }
      if (next.state.keyEpoch !== link?.state.keyEpoch) begun = next.record;
      link = next;
      const { state } = link;
      if (state.conversation !== conversation) throw new CryptoError("wrong-chain", "another conversation");
      states.set(toBase64url(state.head), state);
      if (!keys.has(state.keyEpoch)) {
        const key = await findKey(state, boxes.get(state.keyEpoch));
        if (key) keys.set(state.keyEpoch, key);
      }
    }
    if (!link || !begun) throw new CryptoError("wrong-chain", "no record");
    const { state } = link;
    const key = keys.get(state.keyEpoch) ?? null;
    const isFormer = async (account: AccountId, { members }: Pick<ChainState, "members">) => {
      const listed = members.get(account)?.certificateHash;
      return listed !== undefined && identities.isFormer(account, listed);
    };
    const isLost = !key && (await isFormer(vault.account, state));
    if (!key && !isLost) throw new CryptoError("waiting-for-key");
    const findState = (hash: Bytes) => states.get(toBase64url(hash)) ?? null;
    const reader: MessageReader = {
      conversation,
      findState,
      findConversationKey: (epoch) => keys.get(epoch) ?? null,
      findSigningKey: (account, hash) => identities.findSigningKey(account, hash),
    };
    return {
      state,
      key,
      reader,
      isOutdated: isLost || (await identities.isFormer(begun.author, begun.authorCertificate)),
      isCut,
      async isBeforeReset(recordHash) {
        const then = findState(recordHash);
        return then !== null && isFormer(vault.account, then);
      },
      async isFromReplaced(sender, recordHash) {
        const then = findState(recordHash);
        return then?.keyEpoch === state.keyEpoch && isFormer(sender, then);
      },
      keyEpochSeq: answer.keyEpochSeq,
    };
  }

  /** @returns null for a record by an identity that was not accepted here: what is before it still counts */
  async function acceptNext(link: ChainLink | null, bytes: Uint8Array): Promise<ChainLink | null> {
    try {
      return await acceptRecord(link?.state ?? null, bytes, (account, hash) =>
        identities.findSigningKey(account, hash),
      );
    } catch (error) {
      if (link && error instanceof IdentityChangedError) return null;
      throw error;
    }
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
