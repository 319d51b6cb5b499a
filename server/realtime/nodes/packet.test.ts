import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Bytes } from "../../../lib/base/bytes.ts";
import {
  type AccountId,
  type ConversationId,
  idToBytes,
  newId,
  type SessionId,
} from "../../../lib/base/ids.ts";
import { decodePacket, encodeItem, encodePacket, NOWHERE, type NodeItem } from "./packet.ts";

const NODE = newId();
const encode = (number: number, items: readonly NodeItem[]) =>
  encodePacket(idToBytes(NODE), number, items.map(encodeItem));

const id = fc.constant(null).map(() => newId<AccountId>());
const message = fc
  .record({
    members: fc.array(id, { maxLength: 5 }),
    seq: fc.nat(),
    storedAt: fc.nat(),
    envelope: fc.uint8Array({ maxLength: 300 }),
  })
  .map(
    ({ members, seq, storedAt, envelope }): NodeItem => ({
      type: "event",
      event: {
        type: "message",
        members,
        message: { seq, storedAt, envelope: new Uint8Array(envelope) as Bytes },
        origin: NOWHERE,
      },
    }),
  );
const note = fc.constantFrom<NodeItem>(
  { type: "hello" },
  { type: "gone" },
  { type: "beat", people: 3, sockets: 4 },
  { type: "event", event: { type: "session-ended", session: newId<SessionId>() } },
  {
    type: "event",
    event: { type: "muted", account: newId(), conversation: newId<ConversationId>(), until: null },
  },
);

describe("packets of nodes", () => {
  test("come out as they went in, in their order", () => {
    fc.assert(
      fc.property(fc.nat(), fc.array(fc.oneof(message, note), { maxLength: 8 }), (number, items) => {
        expect(decodePacket(encode(number, items))).toEqual({ node: NODE, number, items });
      }),
    );
  });

  test("say nothing of the socket that a message came from", () => {
    const event = {
      type: "message",
      members: [],
      message: { seq: 1, storedAt: 2, envelope: new Uint8Array() },
      origin: { connection: "somebody's", request: 9 },
    } as const;
    expect(decodePacket(encode(1, [{ type: "event", event }])).items).toEqual([
      { type: "event", event: { ...event, origin: NOWHERE } },
    ]);
  });

  test("cost 16 bytes a member and 25 around a message", () => {
    const members = Array.from({ length: 10 }, () => newId<AccountId>());
    const stored = { seq: 1, storedAt: 2, envelope: new Uint8Array(1_000) };
    const event = { type: "message", members, message: stored, origin: NOWHERE } as const;
    expect(encodeItem({ type: "event", event }).length).toBe(25 + 160 + 1_000);
  });

  test("of another version, cut off or of an unknown kind are refused", () => {
    const good = encode(1, [{ type: "hello" }]);
    expect(() => decodePacket(Uint8Array.of(9, ...good.slice(1)))).toThrow("another version");
    for (const length of [0, 10, 24, good.length - 1])
      expect(() => decodePacket(good.slice(0, length))).toThrow();
    const unknown = encodePacket(idToBytes(NODE), 1, [Uint8Array.of(0, 0, 0, 1, 7)]);
    expect(() => decodePacket(unknown)).toThrow("unknown item");
  });
});
