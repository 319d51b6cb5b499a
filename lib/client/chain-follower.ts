import type { Bytes } from "../base/bytes.ts";
import { toBase64url } from "../base/encoding.ts";
import { type AccountId, type ConversationId, idToBytes } from "../base/ids.ts";
import { acceptRecord, type ChainLink } from "../crypto/chain.ts";
import type { ChainState } from "../crypto/chain-state.ts";
import { CryptoError, parseWith } from "../crypto/errors.ts";
import { requireCommitted } from "../crypto/key-commitment.ts";
import type { BoxSeed, ConversationKey } from "../crypto/keys.ts";
import type { MessageReader } from "../crypto/message.ts";
import { type BoxKey, boxKeyFromSeed, openBox } from "../crypto/sealed-box.ts";
import { recordsAnswer } from "../protocol/http/conversations.ts";
import { type ConversationRecord, parseRecord } from "../protocol/layout/record.ts";
import type { Api } from "./api.ts";
import { type Identities, IdentityChangedError } from "./identities.ts";
import type { Vault } from "./vault.ts";

/** What is kept of an accepted record that says more than that the key is another one. */
export type ToldRecord = Pick<
  ConversationRecord,
  "number" | "kind" | "type" | "author" | "time" | "changes" | "policy"
>;

/** A conversation as far as its records are accepted. */
export interface ConversationKeys {
  readonly state: ChainState;
  /** Null where it was sealed for one's own keys before a reset, or what was sealed is not the key. */
  readonly key: ConversationKey | null;
  readonly reader: MessageReader;
  /** The accepted state whose head is this record hash. */
  readonly findState: (recordHash: Bytes) => ChainState | null;
  /** Whether nothing may be sealed under the key: it is lost, or an identity chose it that was replaced since. */
  readonly isOutdated: boolean;
  /** Who signed what follows, by an identity that was not accepted here; null where nothing is cut off. */
  readonly cutBy: AccountId | null;
  /** Whether this account's part of that record stands under its identity before a reset: its box is lost. */
  isBeforeReset(recordHash: Bytes): Promise<boolean>;
  /** Whether the sender's key there was replaced by a reset, and yet speaks in the current key epoch. */
  isFromReplaced(sender: AccountId, recordHash: Bytes): Promise<boolean>;
  /** Asks for the keys of many at once, before their messages are opened one by one. */
  readonly meet: (senders: readonly AccountId[]) => Promise<void>;
  /** When somebody last left or was removed, by the clock of who said so; null for who never was in it. */
  readonly leftAt: (account: AccountId) => number | null;
  /** The number of the record that last added oneself; 0 for whoever began the conversation. */
  readonly entered: number;
  /** How many messages there were when the newest key epoch began. */
  readonly keyEpochSeq: number;
  /** Where the server says that messages begin for this account. */
  readonly firstSeq: number;
  /** Oldest first; the same list, which only grows. */
  readonly told: readonly ToldRecord[];
  /** When a key epoch ended, by the later of its own and its successor's clock; null for the newest. */
  readonly endOf: (keyEpoch: number) => number | null;
  /** Of a key epoch whose messages are over. */
  readonly forgetKey: (keyEpoch: number) => void;
}

/** Records that are verified before the page may do something else. */
const AT_A_STRETCH = 25;

/**
 * One conversation's chain of records, accepted one by one and never again: what the server says later must continue it.
 */
export function createChainFollower(
  conversation: ConversationId,
  api: Api,
  vault: Vault,
  identities: Identities,
) {
  const states = new Map<string, ChainState>();
  /** The state in which each key epoch began. */
  const epochs = new Map<number, ChainState>();
  const keys = new Map<number, ConversationKey>();
  const forgotten = new Set<number>();
  /** Key epochs that one was dealt no key of: none comes later, unless one is added again. */
  const withoutBox = new Set<number>();
  const transportKeys = new WeakMap<BoxSeed, Promise<BoxKey>>();
  const departures = new Map<AccountId, number>();
  const told: ToldRecord[] = [];
  let link: ChainLink | null = null;
  let begun: ConversationRecord | null = null;
  let cutBy: AccountId | null = null;
  let entered = 0;

  const findState = (hash: Bytes) => states.get(toBase64url(hash)) ?? null;
  const reader: MessageReader = {
    conversation,
    findState,
    findConversationKey: (epoch) => keys.get(epoch) ?? null,
    findSigningKey: (account, hash) => identities.findSigningKey(account, hash),
  };

  async function isFormer(account: AccountId, { members }: Pick<ChainState, "members">): Promise<boolean> {
    const listed = members.get(account)?.certificateHash;
    return listed !== undefined && identities.isFormer(account, listed);
  }

  const fetchRecords = (keyEpoch: number) =>
    api.get(
      `/api/conversations/${conversation}/records?after=${link?.state.number ?? 0}&keyEpoch=${keyEpoch}`,
      recordsAnswer,
    );

  /** The key epoch up to which there is nothing to ask for. */
  function settledEpoch(): number {
    for (const epoch of epochs.keys())
      if (!keys.has(epoch) && !forgotten.has(epoch) && !withoutBox.has(epoch)) return epoch - 1;
    return link?.state.keyEpoch ?? 0;
  }

  /** @throws CryptoError; the records before the broken one stay accepted */
  async function acceptAll(records: readonly Bytes[]): Promise<void> {
    const authors = new Set(records.map((bytes) => parseWith(parseRecord, bytes).author));
    await identities.prepare([...authors]);
    cutBy = null;
    for (const [i, bytes] of records.entries()) {
      if (i % AT_A_STRETCH === AT_A_STRETCH - 1) await new Promise((resume) => setTimeout(resume));
      const next = await acceptNext(bytes);
      if (!next) break;
      const { state, record } = next;
      if (state.conversation !== conversation) throw new CryptoError("wrong-chain", "another conversation");
      if (state.keyEpoch !== link?.state.keyEpoch) {
        begun = record;
        epochs.set(state.keyEpoch, state);
      }
      for (const { operation, account } of record.changes) {
        if (operation === "add" && account === vault.account) entered = state.number;
        if (operation === "remove" || (operation === "ban" && record.kind === "remove"))
          departures.set(account, record.time);
      }
      if (record.kind !== "rotate") told.push(toldOf(record));
      link = next;
      states.set(toBase64url(state.head), state);
    }
  }

  /** @returns null for a record by an identity that was not accepted here: what is before it still counts */
  async function acceptNext(bytes: Uint8Array): Promise<ChainLink | null> {
    try {
      const next = await acceptRecord(link?.state ?? null, bytes, reader.findSigningKey);
      const { kind, changes } = next.record;
      if (kind === "succession") {
        const { requireGone } = await import("./succession.ts");
        await requireGone(conversation, changes, identities, vault.account);
      }
      return next;
    } catch (error) {
      if (!link || !(error instanceof IdentityChangedError)) throw error;
      cutBy = error.account;
      return null;
    }
  }

  /**
   * Of each key epoch that has none yet. A box that does not open is its sealer's doing: it takes nothing but the messages
   * of that key epoch away.
   * @returns whether the newest one's does not
   */
  async function findKeys(boxes: ReadonlyMap<number, Bytes>, newest: number): Promise<boolean> {
    let isSpoilt = false;
    for (const [epoch, state] of epochs) {
      if (keys.has(epoch) || forgotten.has(epoch)) continue;
      if (await vault.isConversationKeyEnded(conversation, epoch)) {
        forgotten.add(epoch);
        continue;
      }
      const kept = await vault.findConversationKey(conversation, epoch);
      const box = boxes.get(epoch);
      if (!kept && !box && epoch !== newest) withoutBox.add(epoch);
      try {
        const key = kept ? await requireCommitted(kept, state) : box && (await openKey(state, box));
        if (key) keys.set(epoch, key);
      } catch (error) {
        if (kept || !(error instanceof CryptoError)) throw error;
        isSpoilt = epoch === newest;
      }
    }
    return isSpoilt;
  }

  /** Out of one's own box, then into the vault, because transport keys do not last. */
  async function openKey(state: ChainState, box: Bytes): Promise<ConversationKey | null> {
    const { keyEpoch: epoch } = state;
    const account = vault.account;
    const context = { purpose: "conversation-key", account, object: idToBytes(conversation), epoch } as const;
    for (const { seed } of vault.root().transport.toReversed()) {
      const transportKey = transportKeys.get(seed) ?? boxKeyFromSeed(seed);
      transportKeys.set(seed, transportKey);
      const opened = await openBox(await transportKey, context, box);
      if (!opened) continue;
      const key = await requireCommitted(opened, state);
      // Not waited for: the box opens again next time, and then it is kept.
      vault.saveConversationKey(conversation, epoch, key).catch(() => {});
      return key;
    }
    return null;
  }

  return {
    /** Takes in what was appended since. Calls must not overlap. @throws CryptoError, IdentityChangedError, AppError */
    async follow(): Promise<ConversationKeys> {
      const settled = settledEpoch();
      const before = entered;
      let answer = await fetchRecords(settled);
      await acceptAll(answer.records);
      if (entered > before && settled > 0) {
        // Earlier keys may have been dealt again.
        withoutBox.clear();
        answer = await fetchRecords(0);
        await acceptAll(answer.records);
      }
      if (!link || !begun) throw new CryptoError("wrong-chain", "no record");
      const { state } = link;
      const boxes = new Map(answer.boxes.map(({ keyEpoch, box }) => [keyEpoch, box]));
      const isSpoilt = await findKeys(boxes, state.keyEpoch);
      const key = keys.get(state.keyEpoch) ?? null;
      const isLost = !key && (isSpoilt || (await isFormer(vault.account, state)));
      if (!key && !isLost) throw new CryptoError("waiting-for-key");
      return {
        state,
        entered,
        key,
        reader,
        findState,
        isOutdated: isLost || (await identities.isFormer(begun.author, begun.authorCertificate)),
        cutBy,
        async isBeforeReset(recordHash) {
          const then = findState(recordHash);
          return then !== null && isFormer(vault.account, then);
        },
        async isFromReplaced(sender, recordHash) {
          const then = findState(recordHash);
          return then?.keyEpoch === state.keyEpoch && isFormer(sender, then);
        },
        meet: identities.prepare,
        leftAt: (account) => departures.get(account) ?? null,
        keyEpochSeq: answer.keyEpochSeq,
        firstSeq: answer.firstSeq,
        told,
        endOf(keyEpoch) {
          const [begun, ended] = [epochs.get(keyEpoch), epochs.get(keyEpoch + 1)];
          return begun && ended ? Math.max(begun.keyEpochTime, ended.keyEpochTime) : null;
        },
        forgetKey(keyEpoch) {
          forgotten.add(keyEpoch);
          keys.delete(keyEpoch);
        },
      };
    },
  };
}

/** Without its bytes: a room has thousands of records. */
function toldOf({ number, kind, type, author, time, changes, policy }: ConversationRecord): ToldRecord {
  return { number, kind, type, author, time, changes, policy };
}

export type ChainFollower = ReturnType<typeof createChainFollower>;
