import { describe, expect, it } from "vitest";
import { isSameGroup, pickTwo, recoveryGroups } from "./recovery-groups.ts";

describe("recovery groups", () => {
  it("splits the code as it is shown", () => {
    expect(recoveryGroups("7Q2M-0KD1-ZZ9A")).toEqual(["7Q2M", "0KD1", "ZZ9A"]);
  });

  it.each(["0KD1", "okdi", " 0 k d l ", "OKD-1", "０ＫＤ１"])("takes %s for 0KD1", (typed) => {
    expect(isSameGroup(typed, "0KD1")).toBe(true);
  });

  it.each(["", "0KD", "0KD12", "8KD1"])("refuses %s for 0KD1", (typed) => {
    expect(isSameGroup(typed, "0KD1")).toBe(false);
  });

  it("picks two different positions, in order, and can pick each", () => {
    const seen = new Set<number>();
    for (let a = 0; a < 1; a += 0.05) {
      for (let b = 0; b < 1; b += 0.05) {
        const draws = [a, b];
        const [low, high] = pickTwo(14, () => draws.shift() as number);
        expect(low).toBeLessThan(high);
        expect(high).toBeLessThan(14);
        seen.add(low).add(high);
      }
    }
    expect(seen.size).toBe(14);
  });
});
