import { expect, test } from "vitest";
import { oneLine } from "./output.ts";

test("JSON holds nothing that any reader takes for the end of a line", () => {
  const value = { text: "a\u2028b\u2029c\u0085d\ne", more: ["é"] };
  const line = oneLine(value);
  expect(line).not.toMatch(/[\n\r\u0085\u2028\u2029]/);
  expect(JSON.parse(line)).toEqual(value);
});
