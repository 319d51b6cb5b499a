import * as z from "zod/mini";
import { type Bytes, fromUtf8, utf8 } from "../base/bytes.ts";
import { toBase64url } from "../base/encoding.ts";
import type { InvitationId, MessageId } from "../base/ids.ts";
import { bytes, counter, id, roomName, roomTopic } from "./fields.ts";
import { LIMITS } from "./limits.ts";

/**
 * Name, topic and pins of a conversation: the JSON inside docs/protocol.md §4.6. A peer can be hostile, so it is
 * validated like any other input. In a direct conversation there are pins alone, in a public room no invitations.
 */
const roomProfile = z.strictObject({
  name: z.union([z.literal(""), roomName]),
  topic: roomTopic,
  pins: z.array(z.strictObject({ id: id<MessageId>(), seq: counter })).check(z.maxLength(LIMITS.roomPins)),
  /** Whoever knows the secret of one that has not expired may be let in. Never in plain. */
  invitations: z
    .array(z.strictObject({ id: id<InvitationId>(), secret: bytes(32), expiresAt: counter }))
    .check(z.maxLength(LIMITS.roomInvitations)),
});

export type RoomProfile = z.infer<typeof roomProfile>;
export type Invitation = RoomProfile["invitations"][number];

export function encodeRoomProfileJson(profile: RoomProfile): Bytes {
  return utf8(
    JSON.stringify(profile, (_, field) => (field instanceof Uint8Array ? toBase64url(field) : field)),
  );
}

/** @returns null for anything that is not a profile this version knows. */
export function decodeRoomProfileJson(json: Uint8Array): RoomProfile | null {
  try {
    const parsed = roomProfile.safeParse(JSON.parse(fromUtf8(json)));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
