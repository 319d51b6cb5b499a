import { expect, test } from "vitest";
import { digitsAfter } from "./code-digits.ts";

test("keeps the digits of what is typed and pasted", () => {
  expect(digitsAfter("12", "1", 2)).toBe("12");
  expect(digitsAfter("１２３ 456", "", 7)).toBe("123456");
  expect(digitsAfter("1234567", "12345", 7)).toBe("123456");
});

test.each([
  ["at the end of the refused one", "1234569", 7, "9"],
  ["before it", "9123456", 1, "9"],
  ["within it", "1239456", 4, "9"],
  ["pasted after it", "123456789 012", 13, "789012"],
])("a new code begins %s", (_, text, caret, held) => {
  expect(digitsAfter(text, "123456", caret)).toBe(held);
});

test("takes what replaces all of it, or is taken from it, as it is", () => {
  expect(digitsAfter("9", "123456", 1)).toBe("9");
  expect(digitsAfter("12345", "123456", 5)).toBe("12345");
});

test("a letter in a full field changes nothing", () => {
  expect(digitsAfter("123456x", "123456", 7)).toBe("123456");
});
