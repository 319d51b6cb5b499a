import type { Message } from "@/lib/client/model";

export interface Thread {
  /** What it hangs on. */
  readonly root: Message;
  /** Oldest first, unsent ones last. */
  readonly answers: readonly Message[];
}

/**
 * What is known of a thread: what is loaded, and what was before. The conversation beside it can be shown elsewhere
 * meanwhile, and nothing that is read here goes away by that.
 * @param seq where its root stands @returns null where that was never loaded
 */
export function findThread(messages: readonly Message[], seq: number, before: Thread | null): Thread | null {
  const root = messages.find((message) => message.seq === seq) ?? before?.root;
  if (!root) return null;
  const loaded = messages.filter(({ thread }) => thread?.id === root.id);
  const here = new Set(loaded.map(({ id }) => id));
  const further = before?.answers.filter((answer) => answer.seq !== null && !here.has(answer.id)) ?? [];
  const place = (answer: Message) => answer.seq ?? Number.POSITIVE_INFINITY;
  return {
    root,
    answers: further.length === 0 ? loaded : [...further, ...loaded].sort((a, b) => place(a) - place(b)),
  };
}
