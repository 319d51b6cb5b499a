import type { AccountId, ConversationId } from "../../base/ids.ts";
import { actingRole, standingAbove } from "../../crypto/members.ts";
import { membersAnswer } from "../../protocol/http/conversations.ts";
import type { Role } from "../../protocol/layout/member-change.ts";
import { type Person, personOf } from "../model.ts";
import type { RoomDetails } from "../model-rooms.ts";
import { toRoomInvitation } from "./description.ts";
import { successionOf } from "./succession.ts";
import type { RoomParts } from "./write-profile.ts";

const RANK: Readonly<Record<Role, number>> = { owner: 0, moderator: 1, member: 2 };

/** Members and roles as the records say; of the server's answer only how people call themselves, and mutes. */
export async function roomDetails(parts: RoomParts, room: ConversationId): Promise<RoomDetails> {
  const { api, book, identities, platform, profiles, vault } = parts;
  const { members: listed } = await api.get(`/api/conversations/${room}/members`, membersAnswer);
  const { state } = await book.require(room);
  // Sealed anew with each key, by which its invitations count.
  if (state.type !== "public-room") profiles.forget(room);
  const profile = await profiles.require(room);
  const shown = new Map(listed.map((member) => [member.id, member]));

  async function named(account: AccountId): Promise<Person> {
    const member = shown.get(account);
    return member ? personOf(member) : identities.person(account);
  }

  const absent = [...state.members.keys(), ...state.banned].filter((account) => !shown.has(account));
  await identities.prepare(absent);
  const members = await Promise.all(
    [...state.members].map(async ([account, { role }]) => {
      const until = shown.get(account)?.mutedUntil ?? null;
      const mutedUntil = until !== null && until > platform.now() ? until : null;
      return { person: await named(account), role, mutedUntil };
    }),
  );
  /** Of those whom the server lists nobody needs to be asked for. */
  async function mayTakeOver(): Promise<boolean> {
    if (standingAbove(state.members, vault.account).some((account) => shown.has(account))) return false;
    return (await successionOf(state, vault.account, identities)) !== null;
  }

  const names = new Intl.Collator();
  const isModerator = actingRole(state.members, vault.account) !== "member";
  return {
    members: members.sort(
      (a, b) => RANK[a.role] - RANK[b.role] || names.compare(a.person.displayName, b.person.displayName),
    ),
    banned: await Promise.all([...state.banned].map(named)),
    mayTakeOver: await mayTakeOver(),
    invitations: isModerator
      ? (profile?.content.invitations ?? [])
          .filter(({ expiresAt }) => expiresAt > platform.now())
          .map((invitation) => toRoomInvitation(room, invitation))
      : [],
  };
}
