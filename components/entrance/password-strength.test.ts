import { describe, expect, it } from "vitest";
import { passwordStrength } from "./password-strength.ts";

describe("passwordStrength", () => {
  it.each([
    ["aaaaaaaaaaaaaaaaaaaa", 0],
    ["abcdefghijklmnop", 0],
    ["1234567890", 0],
    ["password1234", 0],
    ["ababababababab", 0],
  ])("finds %s easy to guess", (password, strength) => {
    expect(passwordStrength(password, [])).toBe(strength);
  });

  it("ranks longer and more varied above shorter and plainer", () => {
    const ranked = ["brindille", "brindille9K", "brindille9K!pour", "brindille9K!pour otage lune"];
    const strengths = ranked.map((password) => passwordStrength(password, []));
    expect(strengths).toEqual([1, 2, 4, 4]);
  });

  it("calls a few unrelated words strong", () => {
    expect(passwordStrength("violet hamster drums quietly", [])).toBe(4);
  });

  it("gives nothing for one's own name", () => {
    const alone = passwordStrength("x7k", []);
    expect(passwordStrength("amelie.durandx7k", ["Amelie.Durand"])).toBeLessThanOrEqual(alone + 1);
    expect(passwordStrength("amelie.durandx7k", [])).toBeGreaterThan(
      passwordStrength("amelie.durandx7k", ["amelie.durand"]),
    );
  });
});
