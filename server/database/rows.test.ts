import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { compareBytes } from "../../lib/base/bytes.ts";
import { idFromBytes, idToBytes } from "../../lib/base/ids.ts";
import { compareIds } from "./rows.ts";

test("ids are ordered as their bytes are", () => {
  const ids = Array.from({ length: 2_000 }, () => idFromBytes(randomBytes(16)));
  const [first] = ids as [(typeof ids)[0]];
  // Also those that are alike up to their last bits.
  for (let i = 0; i < 4; i++) {
    const bytes = idToBytes(first);
    bytes[15] = ((bytes[15] as number) & ~3) | i;
    ids.push(idFromBytes(bytes));
  }
  const byBytes = ids.toSorted((a, b) => compareBytes(idToBytes(a), idToBytes(b)));
  expect(ids.toSorted(compareIds)).toEqual(byBytes);
  expect(ids.toSorted()).not.toEqual(byBytes);
});
