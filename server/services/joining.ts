import type { Bytes } from "../../lib/base/bytes.ts";
import type { AccountId, ConversationId } from "../../lib/base/ids.ts";
import { actingRole, CryptoError, verifyJoinRequest } from "../../lib/crypto/verify.ts";
import { AppError } from "../../lib/protocol/errors.ts";
import { parseCertificate } from "../../lib/protocol/layout/certificate.ts";
import type { JoinRequest } from "../../lib/protocol/layout/join-request.ts";
import { LIMITS } from "../../lib/protocol/limits.ts";
import type { Database } from "../database/database.ts";
import { SERVER_LIMITS } from "../limits.ts";
import type { Client } from "./client.ts";
import { type ConversationService, JOIN_REQUEST_MS, type KnownConversation } from "./conversations.ts";
import type { KeyService } from "./keys.ts";
import type { Publish } from "./publish.ts";
import type { RoomDoor } from "./room-door.ts";
import type { Session } from "./sessions.ts";
import type { SharedLimits } from "./shared-limits.ts";

/** Of one account: each is told to everybody in the room. */
const ATTEMPTS_A_MINUTE = 30;

export interface JoiningDeps {
  readonly joinRequests: Database["joinRequests"];
  readonly conversations: ConversationService;
  readonly door: RoomDoor;
  readonly keys: KeyService;
  readonly limits: SharedLimits;
  readonly publish: Publish;
  readonly clock: () => number;
}

/** How people find rooms and ask to be let in. Only a member can: the server has no key to hand out. */
export function createJoining(deps: JoiningDeps) {
  const { joinRequests, conversations, door, keys, limits, publish, clock } = deps;
  const attempts = limits.minute("joining", ATTEMPTS_A_MINUTE);

  async function requireRequest(account: AccountId, conversation: ConversationId, bytes: Bytes) {
    try {
      return await verifyJoinRequest(bytes, { conversation, account }, async (who, hash) => {
        const certificate = await keys.findSigningCertificate(who, hash);
        return certificate && parseCertificate(certificate).publicKey;
      });
    } catch (error) {
      if (error instanceof CryptoError) throw new AppError("bad-request", `request: ${error.message}`);
      throw error;
    }
  }

  /** @throws AppError "not-found", "banned", "conflict" for a member, "room-archived", "room-full" */
  async function requireDoor(account: AccountId, id: ConversationId, { invited }: JoinRequest) {
    const room = await conversations.find(id);
    // Whether an invitation counts only members know.
    const isKnown = room?.kind === "public-room" || (room?.kind === "private-room" && invited !== null);
    if (!room || room.closed || !isKnown) throw new AppError("not-found", "no such room");
    if (room.seats.has(account)) throw new AppError("conflict", "a member already");
    if (await joinRequests.isBanned(id, account))
      throw new AppError(room.kind === "public-room" ? "banned" : "not-found", "banned");
    if (room.archived) throw new AppError("room-archived", "nobody comes in");
    if (room.members.length >= LIMITS.roomMembers) throw new AppError("room-full", "too many members");
    return room;
  }

  return {
    /** Public rooms whose name or topic contains the text. */
    directory: ({ accountId }: Session, text: string) =>
      joinRequests.directory(accountId, text, SERVER_LIMITS.directoryRooms),

    /**
     * Asks to be let in; the newest request counts.
     * @throws AppError "bad-request", "not-found", "banned", "room-refused", "room-archived", "room-full", "too-many-requests"; "conflict" for a member,
     * and for a request that names another certificate than the newest
     */
    async join(session: Session, id: ConversationId, bytes: Bytes, client: Client): Promise<void> {
      const { accountId } = session;
      if (!attempts.take(accountId, clock())) throw new AppError("too-many-requests", "asks too often", 60);
      const request = await requireRequest(accountId, id, bytes);
      const room = await requireDoor(accountId, id, request);
      await door.require(session, id, client);
      if (!(await keys.isNewestSigningCertificate(accountId, request.certificateHash)))
        throw new AppError("conflict", "the keys were renewed");
      const limits = { ofRoom: SERVER_LIMITS.joinersOfRoom, ofAccount: SERVER_LIMITS.joinsOfAccount };
      const outcome = await joinRequests.put(
        id,
        { account: accountId, request: bytes, since: clock() },
        limits,
      );
      if (outcome === "full") throw new AppError("too-many-requests", "too many wait");
      if (outcome === "gone") throw new AppError("not-found", "deleted meanwhile");
      if (outcome === "stale") throw new AppError("conflict", "answered meanwhile");
      publish({ type: "join-request", members: doorkeepers(room), conversation: id });
    },

    cancel: async ({ accountId }: Session, id: ConversationId): Promise<void> => {
      await joinRequests.remove(id, accountId);
    },

    /** Who asks to be let in. @throws AppError "not-found" */
    async requests(session: Session, id: ConversationId, client: Client) {
      await conversations.requireMember(session, id, client);
      return joinRequests.list(id, clock() - JOIN_REQUEST_MS);
    },

    /**
     * By a member who may let somebody in. What the account has asked anew meanwhile is another request.
     * @throws AppError "not-found"
     */
    async refuse(
      session: Session,
      id: ConversationId,
      { account, request }: { readonly account: AccountId; readonly request: Bytes },
      client: Client,
    ): Promise<void> {
      const room = await conversations.requireMember(session, id, client);
      if (
        !doorkeepers(room).includes(session.accountId) ||
        !(await joinRequests.remove(id, account, request))
      )
        throw new AppError("not-found", "no such request");
      // Nothing is waited for there any more.
      publish({ type: "closed", members: [account], conversation: id });
    },

    deleteExpired: (): Promise<void> => joinRequests.deleteOlderThan(clock() - JOIN_REQUEST_MS),
  };
}

/** Whose records may add somebody (docs/protocol.md §4.3). */
function doorkeepers({ kind, seats, members }: KnownConversation): readonly AccountId[] {
  if (kind !== "private-room") return members;
  return members.filter((account) => actingRole(seats, account) !== "member");
}
