import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { LIMITS } from "@/lib/protocol/limits";
import { EMOJI_GROUPS } from "./emoji-data";
import { findEmoji, readEmoji } from "./find-emoji";

const english = readEmoji("en");
const french = readEmoji("fr");

function found(sections: typeof english, query: string): string[] {
  return findEmoji(sections, query).flatMap(({ emoji }) => emoji.map((one) => one.emoji));
}

describe("the emoji to choose from", () => {
  it("have a name in both languages and stand there once", () => {
    const all = english.flatMap(({ emoji }) => emoji);
    expect(all.filter(({ name }) => name.trim() === "")).toEqual([]);
    expect(french.flatMap(({ emoji }) => emoji).filter(({ name }) => name.trim() === "")).toEqual([]);
    expect(new Set(all.map(({ emoji }) => emoji)).size).toBe(all.length);
  });

  it("are each one emoji, short enough for a reaction", () => {
    const segmenter = new Intl.Segmenter();
    for (const { emoji } of english.flatMap((section) => section.emoji)) {
      expect([...segmenter.segment(emoji)]).toHaveLength(1);
      expect(emoji.length).toBeLessThanOrEqual(LIMITS.reactionChars);
    }
  });

  it("take little to download", () => {
    expect(gzipSync(JSON.stringify(EMOJI_GROUPS)).length).toBeLessThan(10_000);
  });

  it("are found by the beginnings of words, in any language, without accents", () => {
    expect(found(english, "thumbs")).toEqual(["👍", "👎"]);
    expect(found(english, "thu up")).toEqual(["👍"]);
    expect(found(french, "cœur bri")).toEqual(["💔"]);
    expect(found(french, "epuise")).toContain("😫");
    expect(found(english, "merci")).toContain("🙏");
    expect(found(english, "nothing is called so")).toEqual([]);
  });
});
