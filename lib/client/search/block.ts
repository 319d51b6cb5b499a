import { type Bytes, fromUtf8, utf8 } from "../../base/bytes.ts";
import type { AccountId } from "../../base/ids.ts";
import { foldLines } from "./fold.ts";
import { findTerm, type Term } from "./terms.ts";

/** Messages of one conversation whose `seq` have the same quotient by this. */
export const BLOCK_MESSAGES = 512;

export function blockOf(seq: number): number {
  return Math.floor(seq / BLOCK_MESSAGES);
}

/** What is kept of a message: as it reads now. */
export interface Row {
  readonly seq: number;
  readonly at: number;
  readonly sender: AccountId;
  /** `seq` of the edit that it reads by; 0 as it was sent. */
  readonly edited: number;
  /** `seq` of the message whose thread it stands in; 0 by itself. */
  readonly thread: number;
  readonly text: string;
  /** The names of its files, a line each; empty where there are none. */
  readonly files: string;
}

export interface Block {
  /** By seq. */
  readonly rows: readonly Row[];
  /** The folded texts, a line each. */
  readonly lines: string;
  /** Where each line begins, and where one more would. */
  readonly starts: readonly number[];
}

/** What a message must be, besides holding the terms. */
export interface RowFilter {
  readonly sender: AccountId | null;
  /** Whose are left out, unless it is them who are asked for. */
  readonly without?: readonly AccountId[];
  /** Milliseconds since 1970; from the first on, and before the second. */
  readonly from: number | null;
  readonly before: number | null;
  readonly hasLink: boolean;
  readonly hasFile: boolean;
}

const LINK = /https?:\/\/\S|www\.\S/;

export function makeBlock(rows: readonly Row[]): Block {
  const lines = foldLines(rows.map(wordsOf));
  const starts = [0];
  for (let end = lines.indexOf("\n"); end !== -1; end = lines.indexOf("\n", end + 1)) starts.push(end + 1);
  return { rows, lines, starts: [...starts, lines.length + 1] };
}

/** What of a message is looked through, and shown where it is found. */
export function wordsOf({ text, files }: Pick<Row, "text" | "files">): string {
  return [text, files].filter(Boolean).join("\n");
}

/** @returns by seq */
export function searchBlock(
  { rows, lines, starts }: Block,
  terms: readonly Term[],
  filter: RowFilter,
): Row[] {
  const [rarest, ...others] = terms.toSorted((a, b) => b.text.length - a.text.length);
  const lineEnd = (line: number) => (starts[line + 1] as number) - 1;
  const isWanted = (line: number) => {
    const [row, start, end] = [rows[line] as Row, starts[line] as number, lineEnd(line)];
    if (!passes(row, filter)) return false;
    return others.every((term) => findTerm(lines, term, start, end) !== -1);
  };
  if (!rarest) return rows.filter((_, line) => isWanted(line));
  const found: Row[] = [];
  for (let at = lines.indexOf(rarest.text); at !== -1; ) {
    const line = lineAt(starts, at);
    const end = lineEnd(line);
    const holds = !rarest.whole || findTerm(lines, rarest, starts[line] as number, end) !== -1;
    if (holds && isWanted(line)) found.push(rows[line] as Row);
    at = lines.indexOf(rarest.text, end + 1);
  }
  return found;
}

function passes({ sender, at, text, files }: Row, filter: RowFilter): boolean {
  if (filter.sender === null ? filter.without?.includes(sender) : sender !== filter.sender) return false;
  if (filter.from !== null && at < filter.from) return false;
  if (filter.before !== null && at >= filter.before) return false;
  if (filter.hasFile && !files) return false;
  return !filter.hasLink || LINK.test(text);
}

/** The last line that begins at `place` or before. */
function lineAt(starts: readonly number[], place: number): number {
  let [low, high] = [0, starts.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] as number) <= place) low = middle;
    else high = middle;
  }
  return low;
}

/** A JSON text: who wrote here, and `[seq, at, place among those, edited, thread, text, files]` of each message, the last where there are any. */
export function encodeBlock(rows: readonly Row[]): Bytes {
  const people = [...new Set(rows.map(({ sender }) => sender))];
  const places = new Map(people.map((person, place) => [person, place]));
  const list = rows.map(({ seq, at, sender, edited, thread, text, files }) => [
    ...[seq, at, places.get(sender), edited, thread],
    ...(files ? [text, files] : [text]),
  ]);
  return utf8(JSON.stringify([people, list]));
}

export function decodeBlock(bytes: Bytes): Row[] {
  const [people, list] = JSON.parse(fromUtf8(bytes)) as [
    AccountId[],
    [seq: number, at: number, place: number, edited: number, thread: number, text: string, files?: string][],
  ];
  return list.map(([seq, at, place, edited, thread, text, files = ""]) => ({
    seq,
    at,
    sender: people[place] as AccountId,
    edited,
    thread,
    text,
    files,
  }));
}
