import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import english from "../../locales/account.en.json";
import french from "../../locales/account.fr.json";
import { SYMBOLS } from "./symbols";

const names = (locale: Record<string, string>) => SYMBOLS.map((_, i) => locale[`symbol.${i}`] ?? "");

test("the symbols are those of the protocol, in its order", () => {
  const text = readFileSync(join(import.meta.dirname, "..", "..", "docs", "protocol.md"), "utf8");
  const cells = [...text.matchAll(/^\| \*\*\d+\*\* \| (.*) \|$/gm)].flatMap(([, row = ""]) =>
    row.split(" | "),
  );
  expect(cells).toEqual(SYMBOLS.map((symbol, i) => `${symbol} ${names(english)[i]}`));
});

test.each([english, french])("no two symbols share a picture or a name", (locale) => {
  expect(new Set(SYMBOLS).size).toBe(64);
  expect(new Set(names(locale)).size).toBe(64);
});
