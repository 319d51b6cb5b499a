import { describe, expect, it } from "vitest";
import { laterTimes, toField } from "./times.ts";

const at = (text: string) => new Date(text).getTime();
const named = (now: string) => laterTimes(at(now)).map(({ name, at }) => [name, toField(at)]);

describe("times to send later", () => {
  it("are in an hour, this evening, tomorrow and on Monday", () => {
    // A Wednesday.
    expect(named("2026-11-18T10:05")).toEqual([
      ["hour", "2026-11-18T11:05"],
      ["evening", "2026-11-18T18:00"],
      ["tomorrow", "2026-11-19T09:00"],
      ["monday", "2026-11-23T09:00"],
    ]);
  });

  it("leave out an evening that has come, and a Monday that is tomorrow", () => {
    expect(named("2026-11-22T17:30").map(([name]) => name)).toEqual(["hour", "tomorrow"]);
    expect(named("2026-11-23T17:29").at(-1)).toEqual(["monday", "2026-11-30T09:00"]);
  });
});
