import type { AccountId } from "@/lib/base/ids";
import type { RoomMember, RoomStanding } from "@/lib/client/model-rooms";

type Role = RoomMember["role"];

/** What one may do in a room. The records are judged by the same rules by everybody who reads them. */
export interface Permissions {
  /** Rules, roles, archiving, deletion. */
  readonly owns: boolean;
  /** Name and topic, invitations, bans, the journal. */
  readonly moderates: boolean;
  readonly adds: boolean;
  /** To remove, ban or mute. */
  readonly disciplines: (member: RoomMember) => boolean;
}

/** In a room without an owner its moderators count as owners, and without moderators its members do. */
export function actingRole(role: Role | null, members: readonly RoomMember[]): Role | null {
  if (role === null || members.length === 0) return role;
  const has = (wanted: Role): boolean => members.some((member) => member.role === wanted);
  if (has("owner") || (role === "member" && has("moderator"))) return role;
  return "owner";
}

export function permissionsOf(
  room: Pick<RoomStanding, "role">,
  kind: "private-room" | "public-room",
  members: readonly RoomMember[],
  me: AccountId,
): Permissions {
  const role = actingRole(room.role, members);
  const moderates = role === "owner" || role === "moderator";
  return {
    owns: role === "owner",
    moderates,
    adds: moderates || (kind === "public-room" && role !== null),
    disciplines: (member) =>
      member.person.id !== me && (role === "owner" || (role === "moderator" && member.role === "member")),
  };
}
