import { fold } from "./fold.ts";

/** Something that must stand in a message, folded. */
export interface Term {
  readonly text: string;
  /** It was put into quotes: nothing of a word may go on before or after it. */
  readonly whole: boolean;
}

const PARTS = /"([^"]*)(?:"|$)|[^\s"]+/g;
/** Of scripts that put spaces between words. */
const LETTER = /[\p{L}\p{N}\p{M}]/u;
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** Words and "phrases": a message must have all of them. Quotes that are still open count to the end. */
export function parseTerms(text: string): readonly Term[] {
  const terms = [...text.replace(/[«»“”„]/g, '"').matchAll(PARTS)].map(([part, quoted]) => ({
    text: fold(quoted ?? part).trim(),
    whole: quoted !== undefined,
  }));
  return terms.filter((term) => term.text !== "");
}

/** Where `term` first stands in `text` from `from` on, before `to`; −1 for nowhere. */
export function findTerm(text: string, { text: wanted, whole }: Term, from: number, to: number): number {
  for (let at = text.indexOf(wanted, from); at !== -1 && at + wanted.length <= to; ) {
    if (!whole || (isEdge(text, at, from) && isEdge(text, at + wanted.length, from, to))) return at;
    at = text.indexOf(wanted, at + 1);
  }
  return -1;
}

/** Whether no word goes on across this place. */
function isEdge(text: string, place: number, start: number, end: number = text.length): boolean {
  if (place <= start || place >= end) return true;
  return !(isOfWord(codeBefore(text, place)) && isOfWord(text.codePointAt(place) ?? 0));
}

function codeBefore(text: string, place: number): number {
  const isLowHalf = (text.charCodeAt(place - 1) & 0xfc00) === 0xdc00;
  return text.codePointAt(isLowHalf && place > 1 ? place - 2 : place - 1) ?? 0;
}

/** @param code of a folded character: there are no ASCII capitals */
function isOfWord(code: number): boolean {
  if (code < 0x80) return (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39);
  const character = String.fromCodePoint(code);
  return LETTER.test(character) && !UNSPACED.test(character);
}
