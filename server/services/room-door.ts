import type { ConversationId } from "../../lib/base/ids.ts";
import type { AccessRules } from "./access-rules.ts";
import type { Client } from "./client.ts";
import type { Session, SessionService } from "./sessions.ts";

/** Which rooms access rules keep somebody out of, by the account and by where it is; whether a member or not. */
export function createRoomDoor(
  accessRules: Pick<AccessRules, "rooms" | "refusedRooms" | "requireRoom">,
  sessions: Pick<SessionService, "require">,
) {
  /** The account's address for e-mail, at most two seconds old. */
  const emailOf = async ({ id }: Pick<Session, "id">) => (await sessions.require(id, false)).email;

  /** To everybody: no rule is about it. */
  const isOpen = (room: ConversationId): boolean => !accessRules.rooms().has(room);

  return {
    isOpen,

    /** @throws AppError "room-refused", "signed-out" */
    async require(session: Session, room: ConversationId, client: Client): Promise<void> {
      if (isOpen(room)) return;
      const who = { accountId: session.accountId, email: await emailOf(session) };
      await accessRules.requireRoom(room, who, client);
    },

    /** @throws AppError "signed-out" */
    async refused(session: Session, client: Client): Promise<ReadonlySet<ConversationId>> {
      const rooms = accessRules.rooms();
      return rooms.size > 0 ? accessRules.refusedRooms(await emailOf(session), client) : rooms;
    },
  };
}

export type RoomDoor = ReturnType<typeof createRoomDoor>;
