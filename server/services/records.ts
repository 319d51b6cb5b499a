import type { Bytes } from "../../lib/base/bytes.ts";
import { type AccountId, type ConversationId, mintedAt } from "../../lib/base/ids.ts";
import type { ChainLink, ChainState } from "../../lib/crypto/verify.ts";
import { AppError } from "../../lib/protocol/errors.ts";
import { LIMITS } from "../../lib/protocol/limits.ts";
import type { Database } from "../database/database.ts";
import type { Departure } from "../database/deletions.ts";
import type { MemberDifference, NewRecord, Outcome, StoredBox, StoredProfile } from "../database/records.ts";
import type { Log } from "../log.ts";
import { type Chains, requireLayout, requireNewest } from "./chains.ts";
import type { Client } from "./client.ts";
import type { ConversationService } from "./conversations.ts";
import type { Journal } from "./journal.ts";
import type { KeyService } from "./keys.ts";
import { requireFirstProfile, requireResealed } from "./profile-checks.ts";
import type { Publish } from "./publish.ts";
import type { Session } from "./sessions.ts";
import type { SharedLimits } from "./shared-limits.ts";
import type { Voices } from "./voices.ts";

export interface Box {
  readonly account: AccountId;
  /** Absent for the record's own key epoch. */
  readonly keyEpoch?: number | undefined;
  readonly box: Bytes;
}

/** A record, the keys it deals out, and the profile beside it. */
export interface Written {
  readonly record: Bytes;
  readonly boxes: readonly Box[];
  readonly profile?: Bytes | undefined;
}

/** How far the clock of who mints a room's identifier may be off. */
const MINTED_WITHIN_MS = 86_400_000;
/** Of one member in one conversation: each is fetched by everybody there, and each new key is sealed to them. */
const RECORDS_A_MINUTE = 60;
/** Of one account: twenty new keys for a room of a thousand, which take its browser longer than that. */
const BOXES_A_MINUTE = 20_000;
const RETRY_SECONDS = 60;

const REFUSALS = {
  stale: ["conflict", "another record was faster"],
  "member-gone": ["not-found", "a member's account is gone"],
  "room-full": ["room-full", "too many members"],
  archived: ["room-archived", "nobody comes in"],
} as const;

export interface RecordDeps {
  readonly records: Database["records"];
  readonly conversations: ConversationService;
  readonly chains: Chains;
  readonly keys: KeyService;
  readonly limits: SharedLimits;
  readonly voices: Pick<Voices, "require">;
  readonly journal: Pick<Journal, "record">;
  readonly offers: Pick<Database["roomOffers"], "find">;
  readonly publish: Publish;
  readonly log: Log;
  readonly clock: () => number;
}

/** Signed records: how conversations begin, change and end (docs/protocol.md §4). */
export function createRecordService(deps: RecordDeps) {
  const { records, conversations, chains, keys, limits, voices, journal, offers, publish, log, clock } = deps;
  const appends = limits.minute("records", RECORDS_A_MINUTE);
  const dealt = limits.minute("boxes", BOXES_A_MINUTE);

  /** @throws AppError "too-many-requests" */
  function takeBoxes({ accountId }: Session, { length }: Written["boxes"]): void {
    if (!dealt.take(accountId, clock(), length))
      throw new AppError("too-many-requests", "boxes of one account", RETRY_SECONDS);
  }

  /** A room under the identifier that two people's conversation will have would keep them from beginning it. */
  function requireMinted(id: ConversationId): void {
    const at = mintedAt(id);
    if (at === null || Math.abs(at - clock()) > MINTED_WITHIN_MS)
      throw new AppError("bad-request", "not a new identifier");
  }

  /** @param code where a box is sealed to a key that is not the member's any more */
  async function requireKeys(
    { record }: ChainLink,
    boxes: readonly StoredBox[],
    code: "bad-request" | "conflict",
  ): Promise<void> {
    // A first record whose key a member cannot open would shut them out for ever.
    if (!(await keys.areForTransportKeys(boxes)))
      throw new AppError(code, "a box for another key than the member's");
    const added = record.changes.flatMap((change) => (change.operation === "add" ? [change] : []));
    if (!(await keys.areSigningCertificates(added)))
      throw new AppError("not-found", "a member is not who the record says");
  }

  /** What the record says and no signature can prove. @throws AppError "bad-request" where an account is there */
  async function requireGone({ kind, changes }: ChainLink["record"]): Promise<void> {
    if (kind !== "succession") return;
    const above = changes.flatMap(({ operation, account }) => (operation === "remove" ? [account] : []));
    if (await records.isAnyAlive(above)) throw new AppError("bad-request", "not all of them are gone");
  }

  /** @throws AppError @returns whether it was the last one of a room */
  function requireStored(outcome: Outcome): boolean {
    if (outcome === "stored" || outcome === "emptied") return outcome === "emptied";
    const [code, detail] = REFUSALS[outcome];
    throw new AppError(code, detail);
  }

  /** What is left to do once a room was closed. */
  async function erase(id: ConversationId, before: ChainState): Promise<void> {
    conversations.forget(id);
    chains.forget(id);
    publish({ type: "closed", members: [...before.members.keys()], conversation: id });
    // It has ended for everybody, whatever becomes of this: the cleanup tries again.
    await records
      .erase(id)
      .catch((error) => log.error({ err: error, conversation: id }, "room not erased yet"));
  }

  /** By a record that removes all. @throws AppError "conflict" when another record was faster */
  async function close(id: ConversationId, { state }: ChainLink, before: ChainState): Promise<void> {
    const closed = await records.close(id, state.number, clock());
    conversations.forget(id);
    chains.forget(id);
    if (!closed) requireStored("stale");
    await erase(id, before);
  }

  async function requireNext(
    session: Session,
    id: ConversationId,
    bytes: Bytes,
    boxes: readonly StoredBox[],
  ) {
    const before = await chains.require(id);
    requireNewest(bytes, before);
    const link = await chains.judge(before, bytes, boxes);
    if (link.record.author !== session.accountId) throw new AppError("bad-request", "somebody else's record");
    return { before, link };
  }

  return {
    /**
     * The first record, with a box for each member; of a room also its profile.
     * @throws AppError "bad-request" for a record that members would refuse, "not-found" for a stranger,
     * "room-full", "too-many-requests", "muted", "conflict" when the conversation exists, and where a room's boxes are for keys that were replaced
     */
    async create(session: Session, { record: bytes, boxes, profile }: Written): Promise<ConversationId> {
      const { keyEpoch } = requireLayout(bytes);
      takeBoxes(session, boxes);
      await voices.require(session.accountId);
      const stored = boxes.map((box) => ({ ...box, keyEpoch: box.keyEpoch ?? keyEpoch }));
      const link = await chains.judge(null, bytes, stored);
      const { record, state } = link;
      if (record.author !== session.accountId) throw new AppError("bad-request", "somebody else's record");
      if (state.type !== "direct") requireMinted(record.conversation);
      // A pair has one number, and "conflict" means that it is taken; a room is simply tried again.
      await requireKeys(link, stored, state.type === "direct" ? "bad-request" : "conflict");
      const first = await requireFirstProfile(profile, link, keys);
      const outcome = await records.create(
        { ...toStored(link, bytes, stored, first), kind: state.type },
        clock(),
      );
      if (outcome === "stale") throw new AppError("conflict", "the conversation exists");
      requireStored(outcome);
      conversations.forget(record.conversation);
      const members = [...state.members.keys()];
      publish({ type: "record", members, conversation: record.conversation, number: record.number });
      return record.conversation;
    },

    /**
     * The next record.
     * @throws AppError "not-found"; "conversation-closed"; "too-many-requests"; "last-owner"; "room-full"; "room-archived" where it lets somebody in; "bad-request" for a record that
     * members would refuse; "conflict" when what it was made from is no longer the newest: the chain, the author's
     * certificate, a member's transport key, or the profile
     */
    async append(session: Session, id: ConversationId, written: Written, client: Client): Promise<void> {
      const { closed } = await conversations.requireMember(session, id, client);
      if (closed) throw new AppError("conversation-closed", "a member left");
      if (!appends.take(`${id}${session.accountId}`, clock()))
        throw new AppError("too-many-requests", "records of one member", RETRY_SECONDS);
      const { keyEpoch } = requireLayout(written.record);
      takeBoxes(session, written.boxes);
      const boxes = written.boxes.map((box) => ({ ...box, keyEpoch: box.keyEpoch ?? keyEpoch }));
      const { before, link } = await requireNext(session, id, written.record, boxes);
      const { record, state } = link;
      const leaves = !state.members.has(record.author);
      if (leaves) {
        requireDispensable(before, record.author);
        if (state.members.size === 0) return close(id, link, before);
      } else if (!(await keys.isNewestSigningCertificate(record.author, record.authorCertificate))) {
        throw new AppError("conflict", "the author's keys were renewed");
      }
      await requireGone(record);
      await requireKeys(link, boxes, "conflict");
      const profile = written.profile ? requireResealed(written.profile, before, state) : null;
      // By one of these somebody becomes the owner of a room that had none.
      const mayAnswer = record.kind === "succession" || record.kind === "roles";
      const offer = mayAnswer ? await offers.find(id) : null;
      const isLast = requireStored(
        await records.append(toStored(link, written.record, boxes, profile), clock()),
      );
      if (isLast) return erase(id, before);
      conversations.forget(id);
      // Who was removed learns of it too.
      const members = [...new Set([...before.members.keys(), ...state.members.keys()])];
      publish({ type: "record", members, conversation: id, number: state.number });
      if (offer) publish({ type: "room-offer", members: [offer.account], conversation: id });
      if (record.kind === "succession")
        await journal.record("room-taken-over", "ok", client, session.accountId, id);
    },

    /**
     * The end of a room, for everybody: messages, keys, members. By an owner's record that removes all.
     * @throws AppError "not-found", "bad-request", "conflict"
     */
    async delete(session: Session, id: ConversationId, bytes: Bytes, client: Client): Promise<void> {
      const { kind } = await conversations.requireModerator(session, id, client);
      if (kind === "direct") throw new AppError("not-found", "no room");
      const { before, link } = await requireNext(session, id, bytes, []);
      if (link.state.members.size > 0) throw new AppError("bad-request", "not the end of the room");
      await close(id, link, before);
    },

    /** Goes on with the end of rooms, where something came between. */
    async eraseClosed(): Promise<void> {
      for (const id of await records.closedRooms()) await records.erase(id);
    },

    /**
     * A record by which the caller leaves with the account, checked and not stored yet.
     * @throws AppError "not-found", "bad-request" for a record that members would refuse, "conflict" for one that
     * does not follow the newest
     */
    async requireDeparture(
      session: Session,
      id: ConversationId,
      bytes: Bytes,
      client: Client,
    ): Promise<Departure> {
      await conversations.requireSeat(session, id, client);
      const { before, link } = await requireNext(session, id, bytes, []);
      const { record, state } = link;
      const leaves = record.kind === "remove" && state.members.size === before.members.size - 1;
      if (!leaves || state.members.has(session.accountId))
        throw new AppError("bad-request", "not the record of leaving");
      return { conversation: id, record: bytes, recordNumber: state.number, recordHash: state.head };
    },
  };
}

export type RecordService = ReturnType<typeof createRecordService>;

/**
 * Who leaves a direct conversation ends it, which only the end of an account does; and a room's last owner hands over
 * first. An account may end all the same: the chain allows it.
 */
function requireDispensable({ type, members }: ChainState, leaver: AccountId): void {
  if (type === "direct") throw new AppError("bad-request", "a direct conversation is not left");
  const owners = [...members].filter(([, { role }]) => role === "owner");
  if (members.size > 1 && owners.length === 1 && owners[0]?.[0] === leaver)
    throw new AppError("last-owner", "nobody else owns the room");
}

function toStored(
  { record, state }: ChainLink,
  bytes: Bytes,
  boxes: readonly StoredBox[],
  profile: StoredProfile | null,
): NewRecord {
  return {
    conversation: state.conversation,
    author: record.author,
    record: bytes,
    recordNumber: state.number,
    recordHash: state.head,
    keyEpoch: state.keyEpoch,
    boxes,
    policy: state.policy,
    changes: toDifference(record),
    memberLimit: LIMITS.roomMembers,
    profile,
  };
}

function toDifference({ kind, changes }: ChainLink["record"]): MemberDifference {
  const accounts = (...operations: readonly string[]) =>
    changes.flatMap(({ operation, account }) => (operations.includes(operation) ? [account] : []));
  const listed = (wanted: "add" | "update") =>
    changes.flatMap((change) =>
      change.operation === wanted ? [{ account: change.account, role: change.role }] : [],
    );
  return {
    added: listed("add"),
    // A ban among removals is of somebody who was here, one among bans of somebody who was not.
    removed: kind === "remove" || kind === "succession" ? accounts("remove", "ban") : [],
    updated: listed("update"),
    banned: accounts("ban"),
    lifted: accounts("lift"),
  };
}
