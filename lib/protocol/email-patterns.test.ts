import { expect, test } from "vitest";
import { areEmailPatterns, matchesEmailPattern, tidyEmailPatterns } from "./email-patterns.ts";

test.each([
  ["*@sceau.example", "Ada@Sceau.Example", true],
  ["*@sceau.example", "ada@sceau.example.org", false],
  ["*@sceau.example", "ada@notsceau.example", false],
  ["*@*.sceau.example", "ada@lab.sceau.example", true],
  ["*@*.sceau.example", "ada@sceau.example", false],
  ["ada@sceau.example", "ada@sceau.example", true],
  ["ada@sceau.example", "adas@sceau.example", false],
  ["a*a@x.org", "a@x.org", false],
  ["*.ext@x.org", "ada.ext@x.org", true],
  ["bob@x.org *@y.org", "eve@y.org", true],
  ["", "eve@y.org", false],
  // What a regular expression would try for as long as the sun shines.
  [`${"*a".repeat(200)}@x.org`, `${"a".repeat(199)}@x.org`, false],
])("%s and %s: %s", (patterns, email, expected) => {
  expect(matchesEmailPattern(email, patterns)).toBe(expected);
});

test("are tidied, and have one @ each", () => {
  expect(tidyEmailPatterns(" *@A.org,\n*@b.org;*@a.org ")).toBe("*@a.org *@b.org");
  expect(areEmailPatterns("")).toBe(true);
  expect(areEmailPatterns("*@a.org *@b.org")).toBe(true);
  for (const wrong of ["*a.org", "@a.org", "a@b@c", "a@", "*@a.org é@b.org", `*@${"a".repeat(2_000)}`])
    expect(areEmailPatterns(wrong)).toBe(false);
});
