import type { Message } from "@/lib/client/model";

/** How far one has looked at what is answered in threads. */
export interface Looked {
  /** What came up to this place is not new. */
  readonly after: number;
  /** The newest answer that was shown of a thread, by the place of the message that it hangs on. */
  readonly threads: ReadonlyMap<number, number>;
}

/** @param open the thread that is shown now, by that place */
export function lookInto(looked: Looked, messages: readonly Message[], open: number): Looked {
  const newest = messages.findLast(({ thread, seq }) => seq !== null && thread?.seq === open)?.seq ?? 0;
  if (newest <= (looked.threads.get(open) ?? 0)) return looked;
  return { ...looked, threads: new Map([...looked.threads, [open, newest]]) };
}

/** Answers of others that nobody has looked at, oldest first. Whoever answered, here or elsewhere, has seen what stood above. */
export function unseenAnswers(
  messages: readonly Message[],
  { after, threads }: Looked,
  open: number | null,
): readonly Message[] {
  const answered = new Map<number, number>();
  for (const { mine, thread, seq } of messages) if (mine && thread && seq) answered.set(thread.seq, seq);
  return messages.filter(({ mine, seq, thread, body }) => {
    if (mine || seq === null || !thread || body.kind === "deleted" || thread.seq === open) return false;
    return seq > Math.max(after, threads.get(thread.seq) ?? 0, answered.get(thread.seq) ?? 0);
  });
}
