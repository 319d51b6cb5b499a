import type { AccountId } from "@/lib/base/ids";
import type { RoomKind, RoomMember, RoomStanding } from "@/lib/client/model-rooms";

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

/** @param role one's own, as it counts: in a room without an owner somebody else's role counts as that */
export function permissionsOf(role: RoomStanding["role"], kind: RoomKind, me: AccountId): Permissions {
  const moderates = role === "owner" || role === "moderator";
  return {
    owns: role === "owner",
    moderates,
    adds: moderates || (kind === "public-room" && role !== null),
    disciplines: (member) =>
      member.person.id !== me && (role === "owner" || (role === "moderator" && member.role === "member")),
  };
}
