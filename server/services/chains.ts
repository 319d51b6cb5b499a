import { type Bytes, equalBytes } from "../../lib/base/bytes.ts";
import type { ConversationId } from "../../lib/base/ids.ts";
import {
  acceptRecord,
  boxListEntry,
  type ChainLink,
  type ChainState,
  CryptoError,
  continueChain,
  requireBoxList,
} from "../../lib/crypto/verify.ts";
import { AppError } from "../../lib/protocol/errors.ts";
import { parseCertificate } from "../../lib/protocol/layout/certificate.ts";
import { type ConversationRecord, parseRecord } from "../../lib/protocol/layout/record.ts";
import type { Database } from "../database/database.ts";
import type { StoredBox } from "../database/records.ts";
import type { KeyService } from "./keys.ts";

/** Members over all remembered states: some hundred bytes each. */
const REMEMBERED_MEMBERS = 100_000;

/** The same rules that every member's client applies, so that nothing is stored that they would refuse. */
export function createChains({ records }: Pick<Database, "records">, keys: KeyService) {
  /** The last used last. A chain of thousands of records is followed once, then from where it was left. */
  const states = new Map<ConversationId, ChainState>();
  let remembered = 0;

  function forget(id: ConversationId): void {
    remembered -= states.get(id)?.members.size ?? 0;
    states.delete(id);
  }

  function remember(state: ChainState): void {
    forget(state.conversation);
    states.set(state.conversation, state);
    remembered += state.members.size;
    for (const oldest of states.keys()) {
      if (remembered <= REMEMBERED_MEMBERS || oldest === state.conversation) break;
      forget(oldest);
    }
  }

  /** What was stored was accepted then: hashes are enough to follow it. @returns null where it does not lead there */
  async function follow(id: ConversationId, from: ChainState | null): Promise<ChainState | null> {
    const chain = await records.chain(id, from?.number ?? 0);
    let state = from;
    try {
      for (const bytes of chain.records) state = (await continueChain(state, bytes)).state;
    } catch (error) {
      if (error instanceof CryptoError) return null;
      throw error;
    }
    return state && chain.recordHash && equalBytes(state.head, chain.recordHash) ? state : null;
  }

  return {
    forget,

    /** Where the chain stands. @throws AppError "not-found" */
    async require(id: ConversationId): Promise<ChainState> {
      const known = states.get(id) ?? null;
      // A room that was deleted and whose number came back has another chain than the one that is known.
      const state = (known && (await follow(id, known))) ?? (await follow(id, null));
      if (!state) {
        forget(id);
        throw new AppError("not-found", "no records");
      }
      remember(state);
      return state;
    },

    /** @throws AppError "bad-request" for a record that members would refuse */
    async judge(previous: ChainState | null, bytes: Bytes, boxes: readonly StoredBox[]): Promise<ChainLink> {
      try {
        const link = await acceptRecord(previous, bytes, async (account, hash) => {
          const certificate = await keys.findSigningCertificate(account, hash);
          return certificate && parseCertificate(certificate).publicKey;
        });
        const entries = boxes.map(({ account, keyEpoch, box }) => boxListEntry(account, keyEpoch, box));
        await requireBoxList(link, await Promise.all(entries));
        return link;
      } catch (error) {
        if (error instanceof CryptoError) throw new AppError("bad-request", `record: ${error.message}`);
        throw error;
      }
    },
  };
}

export type Chains = ReturnType<typeof createChains>;

/** @throws AppError "bad-request" */
export function requireLayout(bytes: Bytes): ConversationRecord {
  try {
    return parseRecord(bytes);
  } catch (error) {
    throw new AppError("bad-request", `record: ${(error as Error).message}`);
  }
}

/** Told apart from a record that could never be accepted: whoever was slower follows and tries again. */
export function requireNewest(bytes: Bytes, { number, head }: ChainState): void {
  const record = requireLayout(bytes);
  if (record.number !== number + 1 || !equalBytes(record.previous, head))
    throw new AppError("conflict", "not after the newest record");
}
