import { expect, test } from "vitest";
import { moved } from "./draft";

test.each([
  [0, 2, "bcad"],
  [3, 0, "dabc"],
  [1, 2, "acbd"],
  [2, 1, "acbd"],
  [1, 1, "abcd"],
  [4, 0, "abcd"],
])("from %i to %i", (from, to, expected) => {
  expect(moved([..."abcd"], from, to).join("")).toBe(expected);
});
