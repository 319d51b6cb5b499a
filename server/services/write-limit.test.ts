import { expect, test } from "vitest";
import { type AccountId, newId } from "../../lib/base/ids.ts";
import { createSharedLimits } from "./shared-limits.ts";
import { createWriteLimit } from "./write-limit.ts";

test("an account that writes without end waits for the next minute, and nobody else does", () => {
  let now = 1_000_000;
  const takeWrite = createWriteLimit(
    createSharedLimits(),
    () => now,
    () => 3,
  );
  const [alice, bob] = [newId<AccountId>(), newId<AccountId>()];
  for (let i = 0; i < 3; i++) takeWrite(alice);
  expect(() => takeWrite(alice)).toThrow(
    expect.objectContaining({ code: "too-many-requests", retryAfter: 60 }),
  );
  takeWrite(bob);
  now += 60_000;
  takeWrite(alice);
});

test("a clock that is put back ends the minute as well", () => {
  let now = 1_000_000;
  const takeWrite = createWriteLimit(
    createSharedLimits(),
    () => now,
    () => 1,
  );
  const alice = newId<AccountId>();
  takeWrite(alice);
  now -= 3_600_000;
  takeWrite(alice);
  expect(() => takeWrite(alice)).toThrow(expect.objectContaining({ code: "too-many-requests" }));
});

test("what an account writes at one node counts at the others", () => {
  const now = 1_000_000;
  const [here, there] = [createSharedLimits(), createSharedLimits()];
  const [writeHere, writeThere] = [here, there].map((limits) =>
    createWriteLimit(
      limits,
      () => now,
      () => 40,
    ),
  );
  const [alice, bob] = [newId<AccountId>(), newId<AccountId>()];
  for (let i = 0; i < 30; i++) writeHere?.(alice);
  writeHere?.(bob);
  const told = here.takenHere();
  expect(told).toEqual([["writes", alice, 30]]);
  expect(here.takenHere()).toEqual([]);
  there.takenElsewhere(told, now);
  // What came from elsewhere is told to nobody again.
  expect(there.takenHere()).toEqual([]);
  for (let i = 0; i < 10; i++) writeThere?.(alice);
  expect(() => writeThere?.(alice)).toThrow(expect.objectContaining({ code: "too-many-requests" }));
});
