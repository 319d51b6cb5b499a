import { describe, expect, it } from "vitest";
import { formatSignInCode, kindOfCode, SIGN_IN_CODE_SHAPE, tidyCode } from "./sign-in-code.ts";

const CODE = "k3v9mt0z1q8r4x7w2c5n6p9sabcd";

describe("a sign-in code", () => {
  it("is shown in seven groups, and read back from them", () => {
    const shown = formatSignInCode(CODE);
    expect(shown.split("-").map(({ length }) => length)).toEqual([4, 4, 4, 4, 4, 4, 4]);
    expect(tidyCode(shown)).toBe(CODE);
  });

  it.each([
    ["capitals", CODE.toUpperCase()],
    ["spaces and line breaks", CODE.replace(/(.{4})/g, "$1 \n")],
    ["the dashes of word processors", formatSignInCode(CODE).replaceAll("-", "–")],
    ["letters that look like digits", CODE.replace("0", "O").replace("1", "l")],
    ["full-width characters", CODE.replace("k3v9", "ｋ３ｖ９")],
    ["an invisible space", `\u200b${CODE}\ufeff`],
  ])("is read in spite of %s", (_, typed) => {
    expect(tidyCode(typed)).toBe(CODE);
    expect(tidyCode(typed)).toMatch(SIGN_IN_CODE_SHAPE);
  });

  it("is told from the key recovery code, and both from anything else", () => {
    expect(kindOfCode(formatSignInCode(CODE))).toBe("sign-in");
    expect(kindOfCode(Array(14).fill("ABCD").join("-"))).toBe("recovery");
    for (const other of ["", "123456", CODE.slice(1), `${CODE}a`]) expect(kindOfCode(other)).toBe(null);
  });
});
