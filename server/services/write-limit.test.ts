import { expect, test } from "vitest";
import { type AccountId, newId } from "../../lib/base/ids.ts";
import { createWriteLimit } from "./write-limit.ts";

test("an account that writes without end waits for the next minute, and nobody else does", () => {
  let now = 1_000_000;
  const takeWrite = createWriteLimit(() => now, 3);
  const [alice, bob] = [newId<AccountId>(), newId<AccountId>()];
  for (let i = 0; i < 3; i++) takeWrite(alice);
  expect(() => takeWrite(alice)).toThrow(
    expect.objectContaining({ code: "too-many-requests", retryAfter: 60 }),
  );
  takeWrite(bob);
  now += 60_000;
  takeWrite(alice);
});
