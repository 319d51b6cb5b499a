import type { Person } from "@/lib/client/model";
import { LIMITS } from "@/lib/protocol/limits";

/** What stands for everybody in a room. */
export const EVERYONE = "room";

/** Sign-in names, as ACCOUNT_NAME_SHAPE has them, after an at sign that stands at the beginning of a word. */
const MENTION = /(^|[\s([{«"'’*_~>])@([a-z0-9](?:[a-z0-9._-]*[a-z0-9])?)/gi;
const TYPING = /(?:^|[\s([{«"'’*_~>])@([\p{L}\p{N}._-]*)$/u;

export interface WordsPart {
  readonly text: string;
  /** Lower case, without the at sign; null for plain words. */
  readonly name: string | null;
}

/** Plain words, cut where somebody may be named. Joined, the parts are the words again. */
export function splitMentions(words: string): WordsPart[] {
  const parts: WordsPart[] = [];
  let end = 0;
  for (const match of words.matchAll(MENTION)) {
    const [whole, before = "", name = ""] = match;
    const start = match.index + before.length;
    if (start > end) parts.push({ text: words.slice(end, start), name: null });
    end = match.index + whole.length;
    parts.push({ text: words.slice(start, end), name: name.toLowerCase() });
  }
  if (end < words.length) parts.push({ text: words.slice(end), name: null });
  return parts;
}

/** Those of these people whom a text names, as many as a message may name. */
export function mentionedIn(text: string, people: Iterable<Person>): Person["id"][] {
  const names = new Set(splitMentions(text).map(({ name }) => name));
  return [...people].flatMap(({ id, name }) => (names.has(name) ? [id] : [])).slice(0, LIMITS.mentions);
}

export function namesEveryone(text: string): boolean {
  return splitMentions(text).some(({ name }) => name === EVERYONE);
}

/** The name that is being typed before the caret. @param start where its at sign stands */
export function nameBeingTyped(
  text: string,
  caret: number,
): { readonly start: number; readonly query: string } | null {
  const match = TYPING.exec(text.slice(Math.max(0, caret - 80), caret));
  const query = match?.[1];
  return query === undefined ? null : { start: caret - query.length - 1, query };
}

function folded(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** Whether the name, or a word of what the person is called, begins so. */
export function answersTo({ name, displayName }: Person, query: string): boolean {
  const wanted = folded(query);
  return name.startsWith(wanted) || ` ${folded(displayName)}`.includes(` ${wanted}`);
}
