import type { ExcerptPart } from "../model-search.ts";
import { foldWithPlaces } from "./fold.ts";
import { findTerm, type Term } from "./terms.ts";

const LENGTH = 160;
const BEFORE = 40;
/** A word is not cut where its beginning or end is this near. */
const WORD = 16;
/** Of Markdown; they say nothing here. */
const MARKS = /\*\*|~~|`+/g;

interface Range {
  readonly from: number;
  readonly to: number;
}

/** The part of a text around what was found first, everything marked that was found in it. */
export function makeExcerpt(text: string, terms: readonly Term[]): ExcerptPart[] {
  const found = findAll(text, terms);
  const first = found[0]?.from ?? 0;
  const start = first <= BEFORE ? 0 : wordBefore(text, first - BEFORE, first);
  const end = text.length - start <= LENGTH ? text.length : wordAfter(text, start + LENGTH);
  const parts: ExcerptPart[] = [];
  const add = (from: number, to: number, isFound: boolean) => {
    const piece = text.slice(from, to).replace(MARKS, "").replace(/\s+/g, " ");
    if (piece) parts.push({ text: piece, found: isFound });
  };
  if (start > 0) parts.push({ text: "…", found: false });
  let place = start;
  for (const { from, to } of found) {
    if (from >= end) break;
    add(place, from, false);
    add(from, Math.min(to, end), true);
    place = Math.min(to, end);
  }
  add(place, end, false);
  if (end < text.length) parts.push({ text: "…", found: false });
  return parts;
}

/** In order, none of them touching another. */
function findAll(text: string, terms: readonly Term[]): Range[] {
  const { folded, places } = foldWithPlaces(text);
  const ranges: Range[] = [];
  for (const term of terms) {
    for (let at = findTerm(folded, term, 0, folded.length); at !== -1; ) {
      const end = at + term.text.length;
      ranges.push({ from: places[at] as number, to: endOfCharacter(text, places[end - 1] as number) });
      at = findTerm(folded, term, end, folded.length);
    }
  }
  ranges.sort((a, b) => a.from - b.from);
  const joined: Range[] = [];
  for (const { from, to } of ranges) {
    const last = joined.at(-1);
    if (last && from <= last.to) joined.splice(-1, 1, { from: last.from, to: Math.max(last.to, to) });
    else joined.push({ from, to });
  }
  return joined;
}

/** Behind the character at `place` and the accents that are written after it. */
function endOfCharacter(text: string, place: number): number {
  let end = place + ((text.codePointAt(place) ?? 0) > 0xffff ? 2 : 1);
  while (/\p{M}/u.test(text.charAt(end))) end += 1;
  return end;
}

function wordBefore(text: string, place: number, limit: number): number {
  const space = text.slice(place, Math.min(limit, place + WORD)).search(/\s/);
  return space === -1 ? wholeCharacter(text, place) : place + space + 1;
}

function wordAfter(text: string, place: number): number {
  const space = text.slice(place - WORD, place).search(/\s\S*$/);
  return space === -1 ? wholeCharacter(text, place) : place - WORD + space;
}

/** Not between the halves of a surrogate pair. */
function wholeCharacter(text: string, place: number): number {
  return /[\udc00-\udfff]/.test(text.charAt(place)) ? place + 1 : place;
}
