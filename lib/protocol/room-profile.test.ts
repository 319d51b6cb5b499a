import { expect, test } from "vitest";
import { utf8 } from "../base/bytes.ts";
import { type InvitationId, type MessageId, newId } from "../base/ids.ts";
import { decodeRoomProfileJson, encodeRoomProfileJson, type RoomProfile } from "./room-profile.ts";

const profile: RoomProfile = {
  name: "Garden",
  topic: "Beds & bees",
  pins: [{ id: newId<MessageId>(), seq: 7 }],
  invitations: [{ id: newId<InvitationId>(), secret: new Uint8Array(32).fill(3), expiresAt: 9 }],
};

test("a profile survives its JSON", () => {
  expect(decodeRoomProfileJson(encodeRoomProfileJson(profile))).toEqual(profile);
  const direct = { name: "", topic: "", pins: [], invitations: [] };
  expect(decodeRoomProfileJson(encodeRoomProfileJson(direct))).toEqual(direct);
});

test.each([
  ["a name that shows nothing", { name: "\u200b" }],
  ["a name that turns the reading direction", { name: "abc\u202edef" }],
  ["a name too long", { name: "x".repeat(65) }],
  ["a topic too long", { topic: "x".repeat(251) }],
  ["a topic of two lines", { topic: "a\nb" }],
  ["too many pins", { pins: Array.from({ length: 51 }, () => ({ id: newId(), seq: 1 })) }],
  [
    "too many invitations",
    { invitations: Array(21).fill({ ...profile.invitations[0], secret: "A".repeat(43) }) },
  ],
  ["a secret too short", { invitations: [{ id: newId(), secret: "AAAA", expiresAt: 1 }] }],
  ["a field that is not known", { colour: "red" }],
  ["no topic", { topic: undefined }],
])("%s is refused", (_, change) => {
  const valid = JSON.parse(new TextDecoder().decode(encodeRoomProfileJson(profile))) as object;
  expect(decodeRoomProfileJson(utf8(JSON.stringify(valid)))).not.toBeNull();
  expect(decodeRoomProfileJson(utf8(JSON.stringify({ ...valid, ...change })))).toBeNull();
});

test("what is no JSON is no profile", () => {
  expect(decodeRoomProfileJson(utf8("{"))).toBeNull();
  expect(decodeRoomProfileJson(Uint8Array.of(0xff))).toBeNull();
});
