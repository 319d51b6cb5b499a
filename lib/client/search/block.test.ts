import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { utf8 } from "../../base/bytes.ts";
import { type AccountId, newId } from "../../base/ids.ts";
import { decodeBlock, encodeBlock, makeBlock, type Row, type RowFilter, searchBlock } from "./block.ts";
import { fold } from "./fold.ts";
import { parseTerms } from "./terms.ts";

const [alice, bob] = [newId<AccountId>(1), newId<AccountId>(2)];
const ALL: RowFilter = { sender: null, from: null, before: null, hasLink: false, hasFile: false };

const row = (seq: number, text: string, sender: AccountId = alice): Row => ({
  seq,
  at: seq * 1000,
  sender,
  edited: 0,
  thread: 0,
  text,
  files: "",
});
const rowsOf = (...texts: string[]) => texts.map((text, i) => row(i + 1, text));

function find(rows: readonly Row[], text: string, filter: Partial<RowFilter> = {}): number[] {
  return searchBlock(makeBlock(rows), parseTerms(text), { ...ALL, ...filter }).map(({ seq }) => seq);
}

describe("a block", () => {
  const rows = rowsOf(
    "Réunion à l’École demain",
    "the meeting was moved",
    "Art is long, party short",
    "東京都に行きます",
    "see https://example.org/a_b for more",
    "ذهبت إلى المدرسة",
  );

  it.each([
    ["reunion", [1]],
    ["union", [1]],
    ["ecole reu", [1]],
    ["l'ecole", [1]],
    ["art", [3]],
    ["party ART", [3]],
    ['"art"', [3]],
    ['"meeting was"', [2]],
    ['"was meeting"', []],
    ["was meeting", [2]],
    ['"eting was"', []],
    ["東京", [4]],
    ['"京都"', [4]],
    ["المدرسه", [6]],
    ["a_b", [5]],
    ["nowhere", []],
    ["reunion meeting", []],
  ])("finds %s", (query, seqs) => {
    expect(find(rows, query)).toEqual(seqs);
  });

  it("finds no word across two messages", () => {
    expect(find(rowsOf("one", "two"), '"one two"')).toEqual([]);
    expect(find(rowsOf("one\ntwo"), '"one two"')).toEqual([1]);
  });

  it("lists by person, time and link, with words and without", () => {
    const said = [row(1, "www.example.org"), row(2, "hello", bob), row(3, "hello"), row(4, "hello", bob)];
    expect(find(said, "", { sender: bob })).toEqual([2, 4]);
    expect(find(said, "hello", { sender: alice })).toEqual([3]);
    expect(find(said, "hello", { from: 3000 })).toEqual([3, 4]);
    expect(find(said, "", { from: 2000, before: 4000 })).toEqual([2, 3]);
    expect(find(said, "", { hasLink: true })).toEqual([1]);
    expect(find(said, "hello", { without: [bob] })).toEqual([3]);
    expect(find(said, "hello", { sender: bob, without: [bob] })).toEqual([2, 4]);
    expect(find(said, "hello", { hasLink: true })).toEqual([]);
  });

  it("lists by file, finds words of their names, and reads blocks that knew of no files", () => {
    const said = [row(1, "see the plan"), { ...row(2, ""), files: "plan.pdf\nbudget 2027.ods" }];
    expect(find(said, "", { hasFile: true })).toEqual([2]);
    expect(find(said, "plan")).toEqual([1, 2]);
    expect(find(said, "budget plan")).toEqual([2]);
    expect(decodeBlock(encodeBlock(said))).toEqual(said);
    const before = `[["${alice}"],[[1,1000,0,0,0,"see the plan"]]]`;
    expect(decodeBlock(utf8(before))).toEqual([said[0]]);
  });

  it("finds what looking at each message by itself finds", () => {
    const word = fc.constantFrom("a", "ab", "Abé", "bab", "b ", "É", "ca", "ー", "東", "京", "\n");
    const text = fc.array(word, { minLength: 1, maxLength: 5 }).map((words) => words.join(""));
    const query = fc.array(fc.constantFrom("a", "ab", "e", "ba", "東京", "京", "c"), {
      minLength: 1,
      maxLength: 3,
    });
    fc.assert(
      fc.property(fc.array(text, { maxLength: 8 }), query, (texts, words) => {
        const expected = texts.flatMap((each, i) =>
          words.every((wanted) => fold(each).includes(fold(wanted))) ? [i + 1] : [],
        );
        expect(find(rowsOf(...texts), words.join(" "))).toEqual(expected);
      }),
    );
  });

  it("finds phrases as a regular expression over each message does", () => {
    const text = fc.array(fc.constantFrom("a", "b", " ", "ab", "."), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(
        fc.array(
          text.map((words) => words.join("")),
          { maxLength: 8 },
        ),
        fc.constantFrom("a", "ab", "a b", "ab a"),
        (texts, phrase) => {
          const pattern = new RegExp(`(?<![a-z])${phrase}(?![a-z])`);
          const expected = texts.flatMap((each, i) => (pattern.test(fold(each)) ? [i + 1] : []));
          expect(find(rowsOf(...texts), `"${phrase}"`)).toEqual(expected);
        },
      ),
    );
  });

  it("is the same after it was kept", () => {
    const said = [row(7, 'a "b"\n'), { ...row(9, "ü", bob), edited: 12, thread: 3 }, row(10, "c")];
    expect(decodeBlock(encodeBlock(said))).toEqual(said);
  });
});
