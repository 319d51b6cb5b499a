import { describe, expect, it } from "vitest";
import { type MessageId, newId } from "../../base/ids.ts";
import { NO_NOTES, type Scheduled } from "../model-notes.ts";
import { CLAIM_MS, claimed, OVERDUE_MS, standingOf, without } from "./scheduled.ts";

const NOW = 1_800_000_000_000;
const entry = (parts: Partial<Scheduled> = {}): Scheduled => ({
  id: newId<MessageId>(),
  content: { type: "text", text: "later" },
  at: NOW,
  ...parts,
});
const notesWith = (...scheduled: Scheduled[]) => ({ ...NO_NOTES, scheduled });

describe("a scheduled message", () => {
  it("waits, is due, and is overdue a day later", () => {
    expect(standingOf(entry({ at: NOW + 1 }), NOW)).toBe("waiting");
    expect(standingOf(entry(), NOW)).toBe("due");
    expect(standingOf(entry({ at: NOW - OVERDUE_MS + 1 }), NOW)).toBe("due");
    expect(standingOf(entry({ at: NOW - OVERDUE_MS }), NOW)).toBe("overdue");
  });

  it("is claimed by one tab, which may go on with it and nobody else", () => {
    const one = entry();
    const first = claimed(notesWith(one), one.id, { by: "desk", at: NOW });
    expect(first.scheduled).toEqual([{ ...one, claim: { by: "desk", at: NOW } }]);
    expect(claimed(first, one.id, { by: "phone", at: NOW + CLAIM_MS - 1 })).toBe(first);
    expect(claimed(first, one.id, { by: "desk", at: NOW + 1 }).scheduled[0]?.claim?.at).toBe(NOW + 1);
  });

  it("is taken over when its claim is old, or from a clock far ahead", () => {
    for (const at of [NOW - CLAIM_MS, NOW + CLAIM_MS]) {
      const one = entry({ claim: { by: "desk", at } });
      const taken = claimed(notesWith(one), one.id, { by: "phone", at: NOW });
      expect(taken.scheduled[0]?.claim).toEqual({ by: "phone", at: NOW });
    }
  });

  it("is not claimed when it waits, is overdue or is gone", () => {
    const early = entry({ at: NOW + 1 });
    const late = entry({ at: NOW - OVERDUE_MS });
    const notes = notesWith(early, late);
    for (const { id } of [early, late, entry()])
      expect(claimed(notes, id, { by: "desk", at: NOW })).toBe(notes);
    expect(without(notes, early.id).scheduled).toEqual([late]);
    expect(without(notes, entry().id)).toBe(notes);
  });
});
