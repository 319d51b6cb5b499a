import { describe, expect, it } from "vitest";
import { AVATAR_TONES, initialsOf, toneOf } from "./avatar-look.ts";

describe("initialsOf", () => {
  it.each([
    ["Amélie Durand", "AD"],
    ["amélie", "A"],
    ["  Jean   de la   Fontaine ", "JF"],
    ["محمد علي", "مع"],
    ["👩‍🚀 Ada", "👩‍🚀A"],
    ["", ""],
  ])("of %j are %j", (name, initials) => {
    expect(initialsOf(name)).toBe(initials);
  });
});

describe("toneOf", () => {
  it("uses every tone, and always the same for one id", () => {
    const ids = Array.from({ length: 200 }, (_, i) => `account-${i}`);
    expect(new Set(ids.map(toneOf)).size).toBe(AVATAR_TONES);
    expect(ids.map(toneOf)).toEqual(ids.map(toneOf));
  });
});
