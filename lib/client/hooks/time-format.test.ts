import { beforeEach, describe, expect, it } from "vitest";
import en from "../../../locales/en.json" with { type: "json" };
import fr from "../../../locales/fr.json" with { type: "json" };
import { setClock } from "./clock.ts";
import { formatBrief, formatDay, startOfDay } from "./day-format.ts";
import { formatClock, formatExact } from "./time-format.ts";
import { createTranslate } from "./translate.ts";

const english = createTranslate("en", en);
const french = createTranslate("fr", fr);
const today = new Date(2026, 10, 21).getTime();
const at = (day: number, hour = 14, minute = 5, month = 10, year = 2026): number =>
  new Date(year, month, day, hour, minute).getTime();

describe("times", () => {
  beforeEach(() => setClock("h23"));

  it("are written in 12 hours for who wants that, and as the browser's language does for who does not care", () => {
    setClock("h12");
    expect(formatClock(at(21, 0, 7), "en")).toMatch(/^12:07\sam$/);
    expect(formatExact(at(21, 18, 30), "en")).toMatch(/6:30\spm$/);
    setClock("automatic");
    expect(formatClock(at(21, 18, 30), "fr")).toMatch(/^(?:18|0?6):30/);
  });

  it("are written in 24 hours", () => {
    expect(formatClock(at(21, 0, 7), "en")).toBe("00:07");
    expect(formatClock(at(21, 18, 30), "fr")).toBe("18:30");
  });

  it("are brief in the list", () => {
    expect(formatBrief(at(21), today, "en", english)).toBe("14:05");
    expect(formatBrief(at(20, 23, 59), today, "en", english)).toBe("Yesterday");
    expect(formatBrief(at(19), today, "fr", french)).toBe("jeu.");
    expect(formatBrief(at(14), today, "en", english)).toBe("14 Nov");
    expect(formatBrief(at(14, 1, 1, 2, 2024), today, "fr", french)).toBe("14 mars 2024");
  });

  it("take a clock that runs ahead for today", () => {
    expect(formatBrief(at(22, 0, 1), today, "en", english)).toBe("00:01");
    expect(formatDay(at(22, 0, 1), today, "en", english)).toBe("Sunday 22 November");
  });

  it("name days in full between days", () => {
    expect(formatDay(at(21), today, "fr", french)).toBe("Aujourd’hui");
    expect(formatDay(at(20), today, "en", english)).toBe("Yesterday");
    expect(formatDay(at(19), today, "en", english)).toBe("Thursday 19 November");
    expect(formatDay(at(1, 0, 0, 0, 2025), today, "en", english)).toContain("2025");
  });

  it("count days, not 24 hours, over a change of clocks", () => {
    const monday = startOfDay(new Date(2026, 2, 30).getTime());
    expect(formatBrief(new Date(2026, 2, 29, 0, 30).getTime(), monday, "en", english)).toBe("Yesterday");
  });
});
