import type { MessageId } from "../../base/ids.ts";
import type { MessageRef } from "../../protocol/content.ts";
import type { LogEntry } from "./message-log.ts";
import { isGone, isRemark, refsOf, type Said, type SaidRemark } from "./remarks.ts";

/** What is loaded of a conversation, by place, and what refers to each place, loaded or not. */
export function createMessageIndex(saidOf: (entry: LogEntry) => Said) {
  const entries = new Map<number, LogEntry>();
  /** Messages with a place of their own. */
  const messages = new Map<number, Said>();
  const stored = new Set<MessageId>();
  const remarks = new Map<number, SaidRemark[]>();
  /** Deletions, by the places that they took along. */
  const takenAlong = new Map<number, SaidRemark[]>();
  /** Places of messages that answer one or belong to its thread. */
  const referring = new Map<number, Set<number>>();

  /** Of what is gone no id is left. */
  function find({ id, seq }: MessageRef): Said | undefined {
    const said = messages.get(seq);
    return said && (said.id === id || isGone(said)) ? said : undefined;
  }

  /** @returns the message about which that is something new */
  function add(entry: LogEntry): Said | undefined {
    const said = saidOf(entry);
    stored.add(said.id);
    // Shown as a line between messages (lines.ts).
    if (said.content?.type === "named") return undefined;
    if (!isRemark(said)) {
      messages.set(said.seq, said);
      for (const { seq } of refsOf(said)) referring.set(seq, (referring.get(seq) ?? new Set()).add(said.seq));
      return said;
    }
    const { content } = said;
    insert(remarks, content.target.seq, said);
    if (content.type === "delete") for (const seq of content.also ?? []) insert(takenAlong, seq, said);
    return find(content.target);
  }

  function remove(entry: LogEntry): Said | undefined {
    const said = saidOf(entry);
    if (!isRemark(said)) {
      const before = messages.get(said.seq);
      messages.delete(said.seq);
      return before;
    }
    const { target } = said.content;
    remarks.set(
      target.seq,
      (remarks.get(target.seq) ?? []).filter(({ seq }) => seq !== said.seq),
    );
    return find(target);
  }

  return {
    find,
    entryAt: (seq: number): LogEntry | undefined => entries.get(seq),
    messageAt: (seq: number): Said | undefined => messages.get(seq),
    isStored: (id: MessageId) => stored.has(id),
    /** In order. */
    remarksAbout: (said: Said): readonly SaidRemark[] =>
      (remarks.get(said.seq) ?? []).filter(({ content }) => find(content.target) === said),
    referringTo: ({ seq }: Said): Iterable<number> => referring.get(seq) ?? [],
    /** Deletions that say to have taken along what stood there. */
    deletionsTaking: (seq: number): readonly SaidRemark[] => takenAlong.get(seq) ?? [],

    /** @returns the messages about which something is new */
    include(list: readonly LogEntry[]): ReadonlySet<Said> {
      const changed = new Set<Said>();
      for (const entry of list) {
        const before = entries.get(entry.stored.seq);
        if (before === entry) continue;
        entries.set(entry.stored.seq, entry);
        if (entry.replayed) continue;
        for (const said of [before && remove(before), add(entry)]) if (said) changed.add(said);
      }
      return changed;
    },
  };
}

/** By place, whatever order they arrive in. */
function insert(lists: Map<number, SaidRemark[]>, key: number, remark: SaidRemark): void {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  list.splice(list.findLastIndex(({ seq }) => seq < remark.seq) + 1, 0, remark);
}
