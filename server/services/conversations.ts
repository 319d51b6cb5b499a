import type { AccountId, ConversationId } from "../../lib/base/ids.ts";
import { actingRole } from "../../lib/crypto/verify.ts";
import { AppError } from "../../lib/protocol/errors.ts";
import type { MemberRow } from "../database/conversations.ts";
import type { Database } from "../database/database.ts";
import type { ConversationHead } from "../database/heads.ts";
import { SERVER_LIMITS } from "../limits.ts";
import type { Client } from "./client.ts";
import type { Journal } from "./journal.ts";
import { createMinuteLimit } from "./minute-limit.ts";
import type { Retention } from "./retention.ts";
import type { RoomDoor } from "./room-door.ts";
import type { Session } from "./sessions.ts";
import type { VisibilityService } from "./visibility.ts";

const CACHED_CONVERSATIONS = 20_000;
/** Of one account, that are written down. */
const DENIALS_A_MINUTE = 10;
/** Of one account, for which the database is asked anew. */
const DOUBTS_A_MINUTE = 30;
export const JOIN_REQUEST_MS = SERVER_LIMITS.joinRequestDays * 86_400_000;

/** A conversation as the send path needs it, as of `recordNumber`. */
export interface KnownConversation extends ConversationHead {
  /** Whose seats there are, to publish to. */
  readonly members: readonly AccountId[];
}

interface Reading {
  readonly conversation: Promise<KnownConversation | null>;
  /** What came of it; null until then. */
  known: KnownConversation | null;
}

export function createConversationService(
  {
    conversations,
    heads,
    records,
    joinRequests,
  }: Pick<Database, "conversations" | "heads" | "records" | "joinRequests">,
  retention: Pick<Retention, "standing">,
  visibility: Pick<VisibilityService, "of">,
  door: RoomDoor,
  journal: Journal,
  clock: () => number,
) {
  const denials = createMinuteLimit(DENIALS_A_MINUTE);
  const doubts = createMinuteLimit(DOUBTS_A_MINUTE);
  const cache = new Map<ConversationId, Reading>();

  /** For those whose membership is not asked: to enter. */
  function find(id: ConversationId): Promise<KnownConversation | null> {
    const cached = cache.get(id);
    if (cached) return cached.conversation;
    if (cache.size >= CACHED_CONVERSATIONS) cache.clear();
    const conversation = heads.find(id).then((head) => head && { ...head, members: [...head.seats.keys()] });
    const reading: Reading = { conversation, known: null };
    cache.set(id, reading);
    conversation.then(
      (found) => {
        reading.known = found;
        if (!found) cache.delete(id);
      },
      () => cache.delete(id),
    );
    return conversation;
  }

  /**
   * Where what is remembered refuses somebody: another node may have stored what this one has not heard of. Past the limit it is
   * what was remembered, as each costs a query.
   */
  function findAnew(
    account: AccountId,
    id: ConversationId,
    refusing: KnownConversation,
  ): Promise<KnownConversation | null> {
    // Whoever was refused by the same has asked already.
    if (cache.get(id)?.known === refusing && doubts.take(account, clock())) cache.delete(id);
    return find(id);
  }

  /**
   * For what a member may also where access rules refuse the room: to follow its records, keys and name, and to leave with the
   * account. Absent and forbidden are the same answer.
   * @throws AppError "not-found"
   */
  async function requireSeat(
    { accountId }: Session,
    id: ConversationId,
    client: Client,
  ): Promise<KnownConversation> {
    const remembered = await find(id);
    if (remembered?.seats.has(accountId)) return remembered;
    const conversation = remembered && (await findAnew(accountId, id, remembered));
    if (conversation?.seats.has(accountId)) return conversation;
    if (denials.take(accountId, clock())) {
      await journal.record("access-denied", "failed", client, accountId, `conversation ${id}`);
    }
    throw new AppError("not-found", "not a member");
  }

  /** What `requireMember` would answer, where that needs no query and is no refusal; else null. */
  function knownFor({ accountId }: Session, id: ConversationId): KnownConversation | null {
    const known = cache.get(id)?.known;
    return known?.seats.has(accountId) && door.isOpen(id) ? known : null;
  }

  /** The only way to what is said and done in a conversation. @throws AppError "not-found", "room-refused" */
  async function requireMember(
    session: Session,
    id: ConversationId,
    client: Client,
  ): Promise<KnownConversation> {
    const conversation = await requireSeat(session, id, client);
    await door.require(session, id, client);
    return conversation;
  }

  /** Who shows nobody what they have read is shown nobody's either. */
  async function withoutReads(account: AccountId): Promise<<Row extends MemberRow>(member: Row) => Row> {
    const { readStates } = await visibility.of(account);
    return (member) =>
      readStates || member.id === account ? member : { ...member, readSeq: 0, readAt: null };
  }

  return {
    find,
    findAnew,
    requireSeat,
    knownFor,
    requireMember,

    /** Somebody who may moderate; of a direct conversation both. @throws AppError "not-found", "room-refused" */
    async requireModerator(session: Session, id: ConversationId, client: Client): Promise<KnownConversation> {
      const { accountId } = session;
      const remembered = await requireMember(session, id, client);
      if (actingRole(remembered.seats, accountId) !== "member") return remembered;
      const conversation = await findAnew(accountId, id, remembered);
      const role = conversation && actingRole(conversation.seats, accountId);
      if (conversation && role && role !== "member") return conversation;
      throw new AppError("not-found", "not a moderator");
    },

    /** Forget what is cached: a record was appended here or on another node, or somebody was muted. */
    forget: (id: ConversationId): void => void cache.delete(id),
    forgetAll: (): void => cache.clear(),

    /** The caller's conversations, and the rooms that the caller asked to enter. */
    async list(session: Session, client: Client) {
      const { accountId } = session;
      const [listed, waiting, shown, refused] = await Promise.all([
        conversations.list(accountId),
        joinRequests.waiting(accountId, clock() - JOIN_REQUEST_MS),
        withoutReads(accountId),
        door.refused(session, client),
      ]);
      return {
        conversations: listed.map((row) => {
          const members = row.members.map(shown);
          if (!refused.has(row.id)) return { ...row, members, refused: false };
          const self = members.filter(({ id }) => id === accountId);
          return { ...row, members: self, newest: null, lastSeq: 0, refused: true };
        }),
        waiting,
        ...retention.standing(),
      };
    },

    /** Where each of the caller's conversations stands. */
    async heads({ accountId }: Pick<Session, "accountId">) {
      return { heads: await heads.ofAccount(accountId), ...retention.standing() };
    },

    /** Of these rooms those that the account is in. */
    async amongRooms({ accountId }: Pick<Session, "accountId">, rooms: Iterable<ConversationId>) {
      const found = await Promise.all(
        [...rooms].map(async (id) => ((await find(id))?.seats.has(accountId) ? [id] : [])),
      );
      return found.flat();
    },

    /** Everybody who is in a conversation, with positions. @throws AppError "not-found" */
    async members(session: Session, id: ConversationId, client: Client) {
      await requireMember(session, id, client);
      const [members, shown] = await Promise.all([
        conversations.members(id, session.accountId),
        withoutReads(session.accountId),
      ]);
      return members.map(shown);
    },

    /** Those of `people` who share a conversation with the account. */
    sharedWith: conversations.sharedWith,

    /** Also where access rules refuse the room. The chain of signed records after the one that the caller has, the boxes of key epochs that they have no key of, and where messages begin for them. */
    async records(
      session: Session,
      id: ConversationId,
      {
        after = 0,
        keyEpoch = 0,
      }: { readonly after?: number | undefined; readonly keyEpoch?: number | undefined },
      client: Client,
    ) {
      await requireSeat(session, id, client);
      const { recordHash: _, ...chain } = await records.chain(id, after);
      // Afterwards, so that what these records deal out is among it, and whoever they take in again learns where it begins.
      return { ...chain, ...(await records.share(id, session.accountId, keyEpoch)) };
    },
  };
}

export type ConversationService = ReturnType<typeof createConversationService>;
