import { describe, expect, it } from "vitest";
import { dayAfter, fromDay, toDay } from "./days.ts";

describe("days of a date field", () => {
  it.each(["2026-11-21", "2024-02-29", "1999-12-31", "2026-03-29", "2026-10-25"])("%s comes back", (day) => {
    expect(toDay(fromDay(day))).toBe(day);
    expect(toDay((dayAfter(day) ?? 0) - 1)).toBe(day);
    expect(toDay(dayAfter(day))).not.toBe(day);
  });

  it("are none while nothing is chosen", () => {
    expect([fromDay(""), dayAfter(""), toDay(null)]).toEqual([null, null, ""]);
  });
});
