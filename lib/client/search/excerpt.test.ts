import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeExcerpt } from "./excerpt.ts";
import { parseTerms } from "./terms.ts";

/** What is marked stands in brackets. */
function excerpt(text: string, query: string): string {
  return makeExcerpt(text, parseTerms(query))
    .map((part) => (part.found ? `[${part.text}]` : part.text))
    .join("");
}

describe("an excerpt", () => {
  it.each([
    ["Élève, élevé", "eleve", "[Élève], [élevé]"],
    ["e\u0301te\u0301 chaud", "ete", "[e\u0301te\u0301] chaud"],
    ["Die Straße", "strasse", "Die [Straße]"],
    ["the party", "part", "the [part]y"],
    ["art party", '"art"', "[art] party"],
    ["one two three", "two one", "[one] [two] three"],
    ["abcabc", "abc bca", "[abcabc]"],
    ["한국어", "하", "[한]국어"],
    ["a\n\n b", "b", "a [b]"],
    ["see **the** `code` ~~x~~ 2 * 3", "the", "see [the] code x 2 * 3"],
    ["nothing", "", "nothing"],
  ])("of %j for %j", (text, query, expected) => {
    expect(excerpt(text, query)).toBe(expected);
  });

  it("of a long text is what stands around the first find, without half words", () => {
    const long = `${"before ".repeat(50)}needle ${"after ".repeat(50)}`;
    const shown = excerpt(long, "needle");
    expect(shown).toMatch(/^…(before )+\[needle\]( after)+…$/);
    expect(shown.length).toBeLessThan(200);
  });

  it("holds something that was found, and nothing that was not written", () => {
    const text = fc.array(fc.constantFrom("word ", "É", "𝐀𝐁", "needle", " ", "東京"), { maxLength: 120 });
    fc.assert(
      fc.property(text, text, (before, after) => {
        const written = `${before.join("")}nëedle${after.join("")}`;
        const parts = makeExcerpt(written, parseTerms("needle"));
        expect(parts.some(({ text: part, found }) => found && /n(ë|e)edle/i.test(part))).toBe(true);
        const shown = parts.map(({ text: part }) => part).join("");
        expect(written.replace(/\s+/g, " ")).toContain(
          shown.replace(/^…|…$/g, "").replace(/\s+/g, " ").trim(),
        );
        expect(shown.isWellFormed()).toBe(true);
      }),
    );
  });
});
