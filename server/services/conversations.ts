import { type Bytes, equalBytes } from "../../lib/base/bytes.ts";
import type { AccountId, ConversationId } from "../../lib/base/ids.ts";
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
import type { ConversationHead } from "../database/conversations.ts";
import type { Database } from "../database/database.ts";
import type { Departure } from "../database/deletions.ts";
import type { Client } from "./client.ts";
import { createEntryLimit } from "./entry-limit.ts";
import type { Journal } from "./journal.ts";
import type { KeyService } from "./keys.ts";
import type { Publish } from "./publish.ts";
import type { Session } from "./sessions.ts";

const CACHED_CONVERSATIONS = 20_000;
/** Of one account, that are written down. */
const DENIALS_A_MINUTE = 10;

/** A conversation as the send path needs it. `members` is as of `recordNumber`. */
export type KnownConversation = Omit<ConversationHead, "lastSeq"> & {
  readonly members: readonly AccountId[];
};

export interface Box {
  readonly account: AccountId;
  readonly box: Bytes;
}

export function createConversationService(
  { conversations }: Pick<Database, "conversations">,
  keys: KeyService,
  journal: Journal,
  publish: Publish,
  clock: () => number,
) {
  const denials = createEntryLimit(DENIALS_A_MINUTE);
  const cache = new Map<ConversationId, Promise<KnownConversation | null>>();

  function find(id: ConversationId): Promise<KnownConversation | null> {
    let known = cache.get(id);
    if (!known) {
      if (cache.size >= CACHED_CONVERSATIONS) cache.clear();
      known = conversations.findHead(id);
      cache.set(id, known);
      known.then(
        (found) => found ?? cache.delete(id),
        () => cache.delete(id),
      );
    }
    return known;
  }

  /** The only way to a conversation. Absent and forbidden are the same answer. @throws AppError "not-found" */
  async function requireMember(
    { accountId }: Pick<Session, "accountId">,
    id: ConversationId,
    client: Client,
  ): Promise<KnownConversation> {
    const conversation = await find(id);
    if (conversation?.members.includes(accountId)) return conversation;
    if (denials.take(accountId, clock())) {
      await journal.record("access-denied", "failed", client, accountId, `conversation ${id}`);
    }
    throw new AppError("not-found", "not a member");
  }

  /** The same rules that every member's client applies, so that nothing is stored that they would refuse. */
  async function requireRecord(
    previous: ChainState | null,
    bytes: Bytes,
    boxes: readonly Box[],
  ): Promise<ChainLink> {
    try {
      const link = await acceptRecord(previous, bytes, async (account, hash) => {
        const certificate = await keys.findSigningCertificate(account, hash);
        return certificate && parseCertificate(certificate).publicKey;
      });
      await requireBoxList(
        link,
        await Promise.all(boxes.map(({ account, box }) => boxListEntry(account, link.record.keyEpoch, box))),
      );
      return link;
    } catch (error) {
      if (error instanceof CryptoError) throw new AppError("bad-request", `record: ${error.message}`);
      throw error;
    }
  }

  /** What was stored was accepted then: hashes are enough to follow it. */
  async function requireState(id: ConversationId): Promise<ChainState> {
    let state: ChainState | null = null;
    for (const bytes of (await conversations.records(id, 0)).records)
      state = (await continueChain(state, bytes)).state;
    if (!state) throw new AppError("not-found", "no records");
    return state;
  }

  async function requireFirstRecord(bytes: Bytes, boxes: readonly Box[]): Promise<ChainLink> {
    const link = await requireRecord(null, bytes, boxes);
    if (link.record.type !== "direct") throw new AppError("bad-request", "not a direct conversation");
    // A pair has one id: a first record whose key a member cannot open would shut them out of it for ever.
    for (const { account, box } of boxes) {
      if (await keys.isForTransportKey(account, box)) continue;
      throw new AppError("bad-request", "a box for another key than the member's");
    }
    for (const [account, member] of link.state.members) {
      if (await keys.findSigningCertificate(account, member.certificateHash)) continue;
      throw new AppError("not-found", "a member is not who the record says");
    }
    return link;
  }

  return {
    requireMember,

    /** Forget what is cached: a record was appended here or on another node. */
    forget: (id: ConversationId): void => void cache.delete(id),

    /**
     * The first record of a direct conversation, with a box for each member.
     * @throws AppError "bad-request" for a record that members would refuse, "not-found" for a stranger,
     * "conflict" when the conversation exists.
     */
    async create({ accountId }: Session, bytes: Bytes, boxes: readonly Box[]): Promise<ConversationId> {
      const { record, state } = await requireFirstRecord(bytes, boxes);
      if (record.author !== accountId) throw new AppError("bad-request", "somebody else's record");
      const members = [...state.members.keys()];
      const inserted = await conversations.insert(
        {
          id: record.conversation,
          kind: "direct",
          members,
          author: accountId,
          record: bytes,
          recordNumber: record.number,
          recordHash: state.head,
          keyEpoch: record.keyEpoch,
          boxes,
        },
        clock(),
      );
      if (inserted === "exists") throw new AppError("conflict", "the conversation exists");
      if (inserted === "member-gone") throw new AppError("not-found", "a member's account is gone");
      cache.delete(record.conversation);
      publish({ type: "record", members, conversation: record.conversation, number: record.number });
      return record.conversation;
    },

    /**
     * The next record: a new key for the same members.
     * @throws AppError "not-found"; "conversation-closed"; "bad-request" for a record that members would refuse; "conflict" when what it
     * was made from is no longer the newest: the chain, the author's certificate, or a member's transport key
     */
    async append(
      session: Session,
      id: ConversationId,
      bytes: Bytes,
      boxes: readonly Box[],
      client: Client,
    ): Promise<void> {
      const { closed } = await requireMember(session, id, client);
      if (closed) throw new AppError("conversation-closed", "a member left");
      const state = await requireState(id);
      requireNewest(bytes, state);
      const { record, state: after } = await requireRecord(state, bytes, boxes);
      if (record.author !== session.accountId) throw new AppError("bad-request", "somebody else's record");
      if (record.kind !== "rotate") throw new AppError("bad-request", `a record of kind ${record.kind}`);
      if (!(await keys.isNewestSigningCertificate(record.author, record.authorCertificate)))
        throw new AppError("conflict", "the author's keys were renewed");
      for (const { account, box } of boxes) {
        if (await keys.isForTransportKey(account, box)) continue;
        throw new AppError("conflict", "a member's transport key was replaced");
      }
      const members = [...after.members.keys()];
      const { number, keyEpoch } = after;
      const appended = await conversations.append(
        {
          conversation: id,
          author: record.author,
          record: bytes,
          recordNumber: number,
          recordHash: after.head,
          keyEpoch,
          boxes,
        },
        clock(),
      );
      cache.delete(id);
      if (!appended) throw new AppError("conflict", "another record was faster");
      publish({ type: "record", members, conversation: id, number });
    },

    /**
     * A record by which the caller leaves, checked and not stored yet.
     * @throws AppError "not-found", "bad-request" for a record that members would refuse, "conflict" for one that
     * does not follow the newest
     */
    async requireDeparture(
      session: Session,
      id: ConversationId,
      bytes: Bytes,
      client: Client,
    ): Promise<Departure> {
      await requireMember(session, id, client);
      const state = await requireState(id);
      requireNewest(bytes, state);
      const { record, state: after } = await requireRecord(state, bytes, []);
      const leaves = record.author === session.accountId && record.kind === "remove";
      if (!leaves || after.members.has(session.accountId))
        throw new AppError("bad-request", "not the record of leaving");
      return { conversation: id, record: bytes, recordNumber: after.number, recordHash: after.head };
    },

    list: ({ accountId }: Session) => conversations.list(accountId),

    heads: ({ accountId }: Pick<Session, "accountId">) => conversations.heads(accountId),

    /** The chain of signed records after the one that the caller has, and the caller's boxes. */
    async records(session: Session, id: ConversationId, after: number, client: Client) {
      await requireMember(session, id, client);
      const [chain, boxes] = await Promise.all([
        conversations.records(id, after),
        conversations.boxes(id, session.accountId),
      ]);
      return { ...chain, boxes };
    },
  };
}

/** Told apart from a record that could never be accepted: whoever was slower follows and tries again. */
function requireNewest(bytes: Bytes, { number, head }: ChainState): void {
  let record: ConversationRecord;
  try {
    record = parseRecord(bytes);
  } catch (error) {
    throw new AppError("bad-request", `record: ${(error as Error).message}`);
  }
  if (record.number !== number + 1 || !equalBytes(record.previous, head))
    throw new AppError("conflict", "not after the newest record");
}

export type ConversationService = ReturnType<typeof createConversationService>;
