import { describe, expect, it } from "vitest";
import { durationText, SLOWNESSES, withCurrent } from "./policy-choices";

describe("durationText", () => {
  it.each([
    [1, "1 second", "1 seconde"],
    [90, "90 seconds", "90 secondes"],
    [300, "5 minutes", "5 minutes"],
    [3600, "1 hour", "1 heure"],
    [30 * 86_400, "30 days", "30 jours"],
  ])("writes %i seconds in the largest unit that fits", (seconds, english, french) => {
    expect(durationText(seconds, "en")).toBe(english);
    expect(durationText(seconds, "fr").replace(/\s/g, " ")).toBe(french);
  });
});

describe("withCurrent", () => {
  it("keeps the usual choices, and puts an unusual one in its place", () => {
    expect(withCurrent(SLOWNESSES, 30)).toBe(SLOWNESSES);
    expect(withCurrent([0, 10, 30], 20)).toEqual([0, 10, 20, 30]);
  });
});
