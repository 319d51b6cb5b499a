import { fold } from "@/lib/client/hooks/fold";

/** Names as they are compared: no case, no accents, words with one space before each. */
export function namesOf(...names: readonly string[]): readonly string[] {
  return names.map((name) => ` ${words(name)}`);
}

function words(text: string): string {
  return fold(text)
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

const WHOLE = 0;
const BEGINS = 1;
const WORD_BEGINS = 2;
const WORDS_BEGIN = 3;
const WITHIN = 4;

/** How well one of these names is meant: the lower the better; null where none is. @param names of `namesOf` */
export function rank(names: readonly string[], query: string): number | null {
  const wanted = words(query);
  // Only marks: nothing is called so.
  if (wanted === "") return query.trim() === "" ? BEGINS : null;
  const all = names.map((name) => rankOne(name, wanted)).filter((one) => one !== null);
  return all.length > 0 ? Math.min(...all) : null;
}

function rankOne(name: string, wanted: string): number | null {
  if (name === ` ${wanted}`) return WHOLE;
  if (name.startsWith(` ${wanted}`)) return BEGINS;
  if (name.includes(` ${wanted}`)) return WORD_BEGINS;
  if (wanted.split(" ").every((word) => name.includes(` ${word}`))) return WORDS_BEGIN;
  return wanted.length > 1 && name.includes(wanted) ? WITHIN : null;
}

export interface Named<T> {
  readonly value: T;
  readonly names: readonly string[];
}

/** Those that are meant, the best first; among equals the order stays. */
export function ranked<T>(all: readonly Named<T>[], query: string, most: number): readonly T[] {
  const found: (readonly [number, T])[] = [];
  for (const { value, names } of all) {
    const place = rank(names, query);
    if (place !== null) found.push([place, value]);
  }
  return found
    .sort(([a], [b]) => a - b)
    .slice(0, most)
    .map(([, value]) => value);
}
