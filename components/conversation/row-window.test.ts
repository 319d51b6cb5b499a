import { describe, expect, it } from "vitest";
import { rowAt, rowsWithin, rowTops } from "./row-window";

const rows = ["a", "b", "c", "d"].map((key) => ({ key }));

describe("rowTops", () => {
  it("takes the mean of the heights that are known for the others", () => {
    const heights = new Map([
      ["a", 10],
      ["d", 30],
    ]);
    expect(rowTops(rows, heights)).toEqual([0, 10, 30, 50, 80]);
  });

  it("begins with a guess", () => {
    expect(rowTops(rows.slice(0, 2), new Map())).toEqual([0, 48, 96]);
    expect(rowTops([], new Map())).toEqual([0]);
  });
});

describe("rowAt", () => {
  const tops = [0, 10, 30, 50, 80];
  it.each([
    [-5, 0],
    [0, 0],
    [9, 0],
    [10, 1],
    [49, 2],
    [50, 3],
    [500, 3],
  ])("at %d is %d", (y, row) => {
    expect(rowAt(tops, y)).toBe(row);
  });
});

describe("rowsWithin", () => {
  it("takes every row that shows in part", () => {
    expect(rowsWithin([0, 10, 30, 50, 80], 15, 50)).toEqual({ start: 1, end: 4 });
    expect(rowsWithin([0, 10, 30, 50, 80], -100, 1000)).toEqual({ start: 0, end: 4 });
    expect(rowsWithin([0], 0, 100)).toEqual({ start: 0, end: 0 });
  });
});
