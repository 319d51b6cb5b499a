import { describe, expect, it } from "vitest";
import { newPerson } from "../crypto/testing/people.ts";
import { newDirect } from "../crypto/testing/rooms.ts";
import { randomBytes } from "../crypto/webcrypto.ts";
import type { ConversationKeys } from "./key-book.ts";
import { isRotationDue } from "./rotation-due.ts";

const WEEK = 7 * 86_400_000;

async function facts() {
  const [alice, bob] = await Promise.all([newPerson(), newPerson()]);
  const { state } = (await newDirect(alice, bob)).created;
  const keys = { state, keyEpochSeq: 10 } as ConversationKeys;
  const now = state.keyEpochTime;
  return {
    keys,
    facts: {
      account: alice.account,
      certificateHash: alice.certificateHash,
      lastSeq: 10,
      now,
      longestRetention: 0,
    },
  };
}

describe("a key epoch ends", () => {
  it("not before its time", async () => {
    const { keys, facts: before } = await facts();
    expect(isRotationDue(keys, before)).toBe(false);
    expect(isRotationDue(keys, { ...before, now: before.now + WEEK - 1, lastSeq: 1009 })).toBe(false);
    // The author's clock was ahead.
    expect(isRotationDue(keys, { ...before, now: before.now - WEEK })).toBe(false);
  });

  it("after a tenth of the time for which the server keeps any message", async () => {
    const { keys, facts: before } = await facts();
    const limited = { ...before, longestRetention: 86_400 };
    expect(isRotationDue(keys, { ...limited, now: before.now + 8_639_999 })).toBe(false);
    expect(isRotationDue(keys, { ...limited, now: before.now + 8_640_000 })).toBe(true);
  });

  it("after the policy's time, a thousand messages, a leaving, or a renewal of one's own", async () => {
    const { keys, facts: before } = await facts();
    expect(isRotationDue(keys, { ...before, now: before.now + WEEK })).toBe(true);
    expect(isRotationDue(keys, { ...before, lastSeq: 1010 })).toBe(true);
    // Whoever began it wanted it to last for ever.
    expect(isRotationDue(keys, { ...before, now: before.now - 5 * WEEK })).toBe(true);
    expect(isRotationDue({ ...keys, state: { ...keys.state, rotationDue: true } }, before)).toBe(true);
    expect(isRotationDue(keys, { ...before, certificateHash: randomBytes(32) })).toBe(true);
  });
});
