import type { AccountId } from "../../base/ids.ts";
import type { ToldRecord } from "../key-book.ts";
import type { Line, LineEvent } from "../model-lines.ts";
import type { LogEntry } from "./message-log.ts";
import { eventsOf } from "./record-events.ts";

export interface LineSource {
  /** The loaded messages, in order. */
  readonly entries: readonly LogEntry[];
  /** Accepted records, oldest first. */
  readonly told: readonly ToldRecord[];
  /** The number of the record that a message was sealed under; null where that is not known. */
  numberOf(entry: LogEntry): number | null;
  /** Whether nothing is before the loaded messages, and nothing after them. */
  readonly isBeginning: boolean;
  readonly isEnd: boolean;
  readonly now: number;
  /** The record from which on lines are shown at the beginning. */
  readonly from: number;
}

interface Raw extends Omit<Line, "at"> {
  /** By its author's clock. */
  readonly time: number;
}

/**
 * Where records stand between messages needs nobody's word: the server takes no message under an older record than the
 * newest, and each says under its signature which one it was sealed under.
 */
export function linesBetween(source: LineSource): readonly Line[] {
  const { entries, told, isBeginning, isEnd } = source;
  const known = entries.flatMap((entry) => source.numberOf(entry) ?? []);
  const first = known[0];
  let number = isBeginning || first === undefined ? source.from - 1 : first;
  // Nothing is loaded that says where they stand.
  if (!isBeginning && first === undefined) return [];
  const lines: Line[] = [];
  let next = told.findIndex((record) => record.number > number);
  if (next < 0) next = told.length;
  let earlier: number | null = null;

  const tell = (upTo: number, before: LogEntry | null, sayings: readonly Raw[] = []): void => {
    const raw: Raw[] = [];
    for (let record = told[next]; record && record.number <= upTo; record = told[++next])
      raw.push(...rawLines(record, told[next - 1], before));
    const last = before ? before.stored.storedAt : source.now;
    for (const { time, ...line } of gathered([...raw, ...sayings]))
      lines.push({ ...line, at: Math.max(earlier ?? 0, Math.min(time, last)) });
  };

  // Nothing was said before it, also where no message that is left says so.
  if (isBeginning && entries[0]) tell(source.from, entries[0]);
  for (const entry of entries) {
    const under = source.numberOf(entry) ?? number;
    const sayings = sayingsOf(entry);
    if (under > number || sayings.length > 0) tell(under, entry, sayings);
    number = Math.max(number, under);
    earlier = entry.stored.storedAt;
  }
  if (isEnd) tell(Number.POSITIVE_INFINITY, null);
  return lines;
}

function rawLines(record: ToldRecord, previous: ToldRecord | undefined, before: LogEntry | null): Raw[] {
  return eventsOf(record, previous?.policy ?? null).map((event, i) => ({
    key: `record-${record.number}-${i}`,
    before: before?.stored.seq ?? null,
    time: record.time,
    author: record.author,
    event,
  }));
}

/** A moderator says in a message what the room is called now. */
function sayingsOf({ content, role, sender, stored, replayed }: LogEntry): Raw[] {
  if (content?.type !== "named" || !sender || replayed || (role !== "owner" && role !== "moderator"))
    return [];
  const { name, topic } = content;
  const all: LineEvent[] = [];
  if (name !== undefined) all.push({ kind: "name", text: name });
  if (topic !== undefined) all.push({ kind: "topic", text: topic });
  return all.map((event) => ({
    key: `message-${stored.seq}-${event.kind}`,
    before: stored.seq,
    time: stored.storedAt,
    author: sender,
    event,
  }));
}

/** Many of one kind in one line, unless something about one of the same people stands between. */
function gathered(raw: readonly Raw[]): readonly Raw[] {
  const lines: Raw[] = [];
  for (const line of raw) {
    const at = lines.findLastIndex((one) => groupOf(one) === groupOf(line));
    const there = lines[at];
    const people = peopleOf(line.event);
    const between = lines.slice(at + 1).flatMap(({ event }) => peopleOf(event));
    if (!there || between.some((account) => people.includes(account))) lines.push(line);
    else lines[at] = { ...there, event: merged(there.event, line.event) };
  }
  return lines;
}

/** Who joined or left did so by themselves. */
function groupOf({ author, event }: Raw): string {
  if (event.kind === "joined" || event.kind === "left") return event.kind;
  return `${event.kind} ${author} ${event.kind === "role" ? event.role : ""}`;
}

export function peopleOf(event: LineEvent): readonly AccountId[] {
  return "people" in event ? event.people : [];
}

/** Of what replaces itself, the last word. */
function merged(earlier: LineEvent, later: LineEvent): LineEvent {
  if (!("people" in earlier) || !("people" in later)) return later;
  return { ...earlier, people: [...new Set([...earlier.people, ...later.people])] };
}
