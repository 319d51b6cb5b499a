import { expect, test } from "vitest";
import { CSV_MARK, csvLine } from "../../base/csv.ts";
import { parseCsv } from "./parse-csv.ts";

const cellsOf = (text: string) => parseCsv(text).map(({ cells }) => cells);

test.each([
  [
    "a,b\nc,d",
    [
      ["a", "b"],
      ["c", "d"],
    ],
  ],
  [
    "\ufeffa;b,c\r\nd;e\r\n",
    [
      ["a", "b,c"],
      ["d", "e"],
    ],
  ],
  ["a\tb\n", [["a", "b"]]],
  ['"a, ""b""\nc", d \n', [['a, "b"\nc', "d"]]],
  ['a"b,c', [['a"b', "c"]]],
  ["a,,\n,,\n\n", [["a", "", ""]]],
  ['a,"b', [["a", "b"]]],
  ["", []],
])("%j", (text, expected) => {
  expect(cellsOf(text)).toEqual(expected);
});

test("lines are numbered as an editor shows them", () => {
  expect(parseCsv('a\n\n"b\nc"\nd').map(({ number }) => number)).toEqual([1, 3, 5]);
});

test("what is written is read again, and is no formula", () => {
  const rows = [
    ["ada", 'Ada "the first"', "a@b.org"],
    ["bob", "Bob, Bobby", ""],
  ];
  expect(cellsOf(CSV_MARK + rows.map(csvLine).join(""))).toEqual(rows);
  for (const formula of ["=1+1", "+1", "-1", "@a", "\t=1", " =1", "＝1"])
    expect(csvLine([formula])).toBe(`"'${formula}"\r\n`);
});
