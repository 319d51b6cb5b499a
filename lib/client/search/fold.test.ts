import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fold, foldLines, foldWithPlaces } from "./fold.ts";

/** Of many scripts, with what is hard about each. */
const text = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(..."aAeEzZ09 \n\t.,-_*`~") },
      {
        weight: 4,
        arbitrary: fc.constantFrom(
          ...["é", "e\u0301", "Œ", "ß", "İ", "ı", "Å", "ﬁ", "ς", "Σ", "’", "«", "\u00a0", "\u00ad", "¨", "½"],
        ),
      },
      {
        weight: 4,
        arbitrary: fc.constantFrom(
          ...[
            "한",
            "ガ",
            "ｶﾞ",
            "漢",
            "か",
            "\u3099",
            "أ",
            "َ",
            "ـ",
            "ة",
            "٣",
            "שׁ",
            "क्षि",
            "ﷺ",
            "👩‍👩‍👧",
            "️",
            "𝐀",
            "\u{1d15e}",
            "\u{1d16d}",
            "\u302e",
          ],
        ),
      },
      fc.string({ unit: "grapheme", maxLength: 3 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(""));

describe("folding", () => {
  it.each([
    ["Élève", "eleve"],
    ["ŒUVRE", "oeuvre"],
    ["Straße", "strasse"],
    ["İstanbul ısı", "istanbul isi"],
    ["l’été  d’avant\nhier", "l'ete d'avant hier"],
    ["Hello **Bob**, `snake_case`", "hello bob, snakecase"],
    ["ΟΔΥΣΣΕΥΣ", "οδυσσευσ"],
    ["مُحَمَّد", "محمد"],
    ["إلى المدرسة", "الي المدرسه"],
    ["کتاب ۱۲۳", "كتاب 123"],
    ["ﾃｽﾄ テスト", "てすと てすと"],
    ["co\u00adoperate", "cooperate"],
  ])("%j is %j", (written, folded) => {
    expect(fold(written)).toBe(folded);
  });

  it("keeps apart what is another letter", () => {
    expect(fold("が")).not.toBe(fold("か"));
    expect(fold("漢")).toBe("漢");
  });

  it("lets half a Hangul syllable begin the whole one", () => {
    expect(fold("한국").startsWith(fold("하"))).toBe(true);
  });

  it("is the same twice, and character by character", () => {
    fc.assert(
      fc.property(text, (written) => {
        const { folded, places } = foldWithPlaces(written);
        expect(folded).toBe(fold(written));
        expect(places).toHaveLength(folded.length);
        expect(places).toEqual(places.toSorted((a, b) => a - b));
      }),
    );
  });

  it("is the same a line each", () => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 1 }), (written) => {
        expect(foldLines(written).split("\n")).toEqual(written.map(fold));
      }),
    );
  });
});
