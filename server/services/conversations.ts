import type { Bytes } from "../../lib/base/bytes.ts";
import type { AccountId, ConversationId } from "../../lib/base/ids.ts";
import {
  acceptRecord,
  boxListEntry,
  type ChainLink,
  CryptoError,
  requireBoxList,
} from "../../lib/crypto/verify.ts";
import { AppError } from "../../lib/protocol/errors.ts";
import { parseCertificate } from "../../lib/protocol/layout/certificate.ts";
import type { ConversationHead } from "../database/conversations.ts";
import type { Database } from "../database/database.ts";
import type { Client } from "./client.ts";
import { createDenialLimit } from "./denial-limit.ts";
import type { Journal } from "./journal.ts";
import type { KeyService } from "./keys.ts";
import type { Publish } from "./publish.ts";
import type { Session } from "./sessions.ts";

const CACHED_CONVERSATIONS = 20_000;

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
  const denials = createDenialLimit();
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
  async function requireFirstRecord(bytes: Bytes, boxes: readonly Box[]): Promise<ChainLink> {
    let link: ChainLink;
    try {
      link = await acceptRecord(null, bytes, async (account, hash) => {
        const certificate = await keys.findSigningCertificate(account, hash);
        return certificate && parseCertificate(certificate).publicKey;
      });
      await requireBoxList(
        link,
        await Promise.all(boxes.map(({ account, box }) => boxListEntry(account, link.record.keyEpoch, box))),
      );
    } catch (error) {
      if (error instanceof CryptoError) throw new AppError("bad-request", `record: ${error.message}`);
      throw error;
    }
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
      if (!inserted) throw new AppError("conflict", "the conversation exists");
      cache.delete(record.conversation);
      publish({ type: "record", members, conversation: record.conversation, number: record.number });
      return record.conversation;
    },

    list: ({ accountId }: Session) => conversations.list(accountId),

    heads: ({ accountId }: Pick<Session, "accountId">) => conversations.heads(accountId),

    /** The whole chain of signed records, and the caller's boxes. */
    async records(session: Session, id: ConversationId, client: Client) {
      await requireMember(session, id, client);
      const [records, boxes] = await Promise.all([
        conversations.records(id),
        conversations.boxes(id, session.accountId),
      ]);
      return { records, boxes };
    },
  };
}

export type ConversationService = ReturnType<typeof createConversationService>;
