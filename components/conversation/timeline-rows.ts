import { startOfDay } from "@/lib/client/hooks/day-format";
import type { Line, Message, Person } from "@/lib/client/model";

/** What stands in a timeline, top to bottom. */
export type TimelineRow =
  | { readonly kind: "day"; readonly key: string; readonly at: number }
  | { readonly kind: "unread"; readonly key: "unread" }
  /** Messages that one person (null: nobody knows who) deleted, one after the other: a line for all of them. */
  | {
      readonly kind: "deleted";
      readonly key: string;
      readonly count: number;
      readonly by: Person["id"] | null;
    }
  | { readonly kind: "line"; readonly key: string; readonly line: Line }
  | {
      readonly kind: "message";
      readonly key: string;
      readonly message: Message;
      /** First and last of consecutive messages by one person: they stand close together. */
      readonly opens: boolean;
      readonly closes: boolean;
    };

const GROUP_MS = 5 * 60_000;

function isFirstUnread(message: Message, unreadAfter: number | null, marked: boolean): boolean {
  return (
    !marked && unreadAfter !== null && !message.mine && message.seq !== null && message.seq > unreadAfter
  );
}

/** @param unreadAfter seq of the last message above the unread line; null for none. @param lines what happened between the messages */
export function timelineRows(
  messages: readonly Message[],
  unreadAfter: number | null,
  lines: readonly Line[] = [],
): TimelineRow[] {
  const rows: TimelineRow[] = [];
  let day = Number.NEGATIVE_INFINITY;
  let marked = false;
  let told = 0;

  // Only forwards: an unsent message carries this browser's clock, which may run ahead of the server's.
  function separate(at: number): void {
    if (startOfDay(at) <= day) return;
    day = startOfDay(at);
    rows.push({ kind: "day", key: `day-${day}`, at });
  }

  /** Those before this place; before an unsent message all. */
  function tell(seq: number | null): void {
    for (let line = lines[told]; line; line = lines[++told]) {
      if (seq !== null && (line.before === null || line.before > seq)) return;
      separate(line.at);
      rows.push({ kind: "line", key: line.key, line });
    }
  }

  messages.forEach((message, i) => {
    const before = messages[i - 1];
    const separated = rows.length;
    tell(message.seq);
    separate(message.at);
    if (isFirstUnread(message, unreadAfter, marked)) {
      marked = true;
      rows.push({ kind: "unread", key: "unread" });
    }
    if (message.body.kind === "deleted") {
      const last = rows.at(-1);
      const { by } = message.body;
      if (last?.kind === "deleted" && last.by === by) {
        rows[rows.length - 1] = { ...last, count: last.count + 1 };
      } else rows.push({ kind: "deleted", key: message.id, count: 1, by });
      return;
    }
    const joins =
      before !== undefined &&
      rows.length === separated &&
      before.body.kind !== "deleted" &&
      before.sender === message.sender &&
      message.at - before.at <= GROUP_MS;
    const last = rows.at(-1);
    if (joins && last?.kind === "message") rows[rows.length - 1] = { ...last, closes: false };
    rows.push({ kind: "message", key: message.id, message, opens: !joins, closes: true });
  });
  tell(null);
  return rows;
}
