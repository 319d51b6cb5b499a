import { expect, test } from "vitest";
import { dropAbandoned } from "./abandoned.ts";
import type { AccountState, KeptMessage } from "./account-state.ts";
import { encodeProcessName, newOwner, thisProcess } from "./process-name.ts";

const gone = `${encodeProcessName({ ...thisProcess, began: "before" })} of-it`;

/** In place of the file; counts how often it is written. */
function stateWith(...owners: string[]) {
  const state = { outbox: owners.map((owner) => ({ owner }) as KeptMessage) } as AccountState;
  let written = 0;
  return {
    read: () => state,
    async update<T>(change: (state: AccountState) => T) {
      written += 1;
      return change(state);
    },
    owners: () => state.outbox.map(({ owner }) => owner),
    written: () => written,
  };
}

test("what a process that is gone was sending is dropped; what others send now is not", async () => {
  const running = newOwner();
  const store = stateWith(gone, running, "no name at all");
  await dropAbandoned(store);
  expect(store.owners()).toEqual([running]);
});

test("where there is nothing of that, nothing is written", async () => {
  const store = stateWith(newOwner());
  await dropAbandoned(store);
  expect(store.written()).toBe(0);
});
