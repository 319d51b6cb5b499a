import { toBase64url } from "../../base/encoding.ts";
import { type ConversationId, type InvitationId, newId } from "../../base/ids.ts";
import { randomBytes } from "../../crypto/webcrypto.ts";
import { AppError } from "../../protocol/errors.ts";
import { LIMITS } from "../../protocol/limits.ts";
import type { Invitation } from "../../protocol/room-profile.ts";
import { appendRecord } from "../append-record.ts";
import type { RoomInvitation, Rooms } from "../model-rooms.ts";
import { invitationLink } from "./invitation-link.ts";
import { fullPolicy } from "./room-policy.ts";
import { type RoomParts, writeProfile } from "./write-profile.ts";

type DescribingActions = Pick<
  Rooms,
  "rename" | "pin" | "unpin" | "setPolicy" | "createInvitation" | "revokeInvitations"
>;

export function toRoomInvitation(
  room: ConversationId,
  { id, secret, expiresAt }: Invitation,
): RoomInvitation {
  return { id, expiresAt, link: invitationLink({ room, invitation: id, secret: toBase64url(secret) }) };
}

/** What a room is called, how it is kept, and the links that lead into it. */
export function createDescribingActions(parts: RoomParts): DescribingActions {
  const { platform, profiles, reopen, say } = parts;

  return {
    async rename(room, profile) {
      const before = (await profiles.require(room))?.content;
      await writeProfile(parts, room, (content) => ({ ...content, ...profile }));
      await reopen(room);
      const { name = before?.name, topic = before?.topic } = profile;
      const news = { ...(name !== before?.name && { name }), ...(topic !== before?.topic && { topic }) };
      // The room has its new name, whether or not this is said.
      if (Object.keys(news).length > 0) await say(room, { type: "named", ...news }).catch(() => {});
    },

    async pin(room, { id, seq }) {
      await writeProfile(parts, room, ({ pins, ...content }) => ({
        ...content,
        pins: [...pins.filter((pin) => pin.id !== id), { id, seq }].slice(-LIMITS.roomPins),
      }));
      await reopen(room);
    },

    async unpin(room, { id }) {
      await writeProfile(parts, room, ({ pins, ...content }) => ({
        ...content,
        pins: pins.filter((pin) => pin.id !== id),
      }));
      await reopen(room);
    },

    async setPolicy(room, policy) {
      await appendRecord(parts, room, () => ({ kind: "policy", policy: fullPolicy(policy) }));
      await reopen(room);
    },

    async createInvitation(room, expiresAt) {
      const now = platform.now();
      const made: Invitation = { id: newId<InvitationId>(now), secret: randomBytes(32), expiresAt };
      await writeProfile(parts, room, (content) => {
        const living = content.invitations.filter((one) => one.expiresAt > now);
        if (living.length >= LIMITS.roomInvitations) throw new AppError("too-large", "invitations");
        return { ...content, invitations: [...living, made] };
      });
      return toRoomInvitation(room, made);
    },

    async revokeInvitations(room, invitations) {
      await writeProfile(parts, room, (content) => ({
        ...content,
        invitations: content.invitations.filter(({ id }) => !invitations.includes(id)),
      }));
    },
  };
}
