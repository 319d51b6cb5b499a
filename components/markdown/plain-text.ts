import { hasMarks } from "./has-marks";

/** Quotes, lists and headings, from the beginning of a line. */
const OPENINGS = /^(?:[ \t]*(?:#{1,6}[ \t]|>|[-+*][ \t]|\d{1,9}[.)][ \t]))+/gm;
const FENCES = /^[ \t]*(?:```|~~~).*$/gm;
const LINKS = /!?\[([^\][\n]*)\]\([^()\s]*\)/g;
/** Around words, in the order in which they are taken away. */
const PAIRS = [
  /(`+)([^`]+)\1(?!`)/g,
  /(~~)(?=\S)(.*?\S)\1/g,
  /(\*\*)(?=\S)(.*?\S)\1/g,
  /(\*)(?=\S)(.*?\S)\1/g,
  /(?<![\p{L}\p{N}_])(__?)(?=\S)(.*?\S)\1(?![\p{L}\p{N}_])/gu,
];

/**
 * One line without marks, for lists and screen readers. Only the beginning of a long text is read. Near enough to what
 * is drawn, and without the parser, which the list would otherwise wait for.
 */
export function plainText(text: string, maxChars = 200): string {
  let plain = text.slice(0, maxChars);
  if (hasMarks(plain)) {
    plain = plain.replace(FENCES, "").replace(OPENINGS, "").replace(LINKS, "$1");
    for (const pair of PAIRS) plain = plain.replace(pair, "$2");
  }
  // Where there are marks alone, those are what was said.
  return oneLine(plain) || oneLine(text.slice(0, maxChars));
}

const oneLine = (text: string) => text.replace(/\s+/g, " ").trim();
