import { expect, test } from "vitest";
import type { ChainRow, JournalEntry } from "../database/journal.ts";
import { chain } from "./journal-chain.ts";
import { verifyJournal } from "./journal-verification.ts";

const COUNT = 3_000;
const entry: JournalEntry = {
  at: 1,
  event: "sign-in",
  outcome: "ok",
  accountId: null,
  sessionId: null,
  address: "192.0.2.1",
  agent: "",
  detail: "",
};

test("a journal that was changed throughout has each of its entries counted, and few of them named", async () => {
  const rows: ChainRow[] = chain(
    null,
    Array.from({ length: COUNT }, () => entry),
  ).map((row) => ({ ...row, agent: "another" }));
  const head = rows.at(-1) ?? null;
  const steps = verifyJournal({
    rows: async (from, limit) => rows.filter(({ id }) => id >= from).slice(0, limit),
    end: async () => ({ head, last: COUNT }),
    removal: async () => null,
  });
  let step = await steps.next();
  while (!step.done) step = await steps.next();
  const { entries, faults, more } = step.value;
  expect({ entries, named: faults.length, more }).toEqual({ entries: COUNT, named: 100, more: COUNT - 100 });
  expect(faults.map(({ kind, id }) => `${kind} ${id}`)).toEqual(faults.map((_, i) => `changed ${i + 1}`));
});
