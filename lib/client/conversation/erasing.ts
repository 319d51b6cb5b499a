import type { AccountId, ConversationId } from "../../base/ids.ts";
import type { Content } from "../../protocol/content.ts";
import { AppError } from "../../protocol/errors.ts";
import { LIMITS } from "../../protocol/limits.ts";
import type { Api } from "../api.ts";
import type { Gone } from "./projection.ts";

/**
 * Has the server erase what deletions cover: what one deleted, and what one wrote about what somebody deleted. Asked
 * for again until it was answered: here, and by whoever finds it there later.
 */
export function createErasing(conversation: ConversationId, self: AccountId, api: Pick<Api, "send">) {
  const due = new Set<number>();
  const done = new Set<number>();
  let running: Promise<void> = Promise.resolve();

  async function work(): Promise<void> {
    while (due.size > 0) {
      const messages = [...due].slice(0, LIMITS.erasures);
      try {
        await api.send("POST", `/api/conversations/${conversation}/erasures`, { messages });
      } catch (error) {
        // Nothing of it is there any more, or one may not any more.
        if (!(error instanceof AppError) || error.code !== "not-found") throw error;
      }
      for (const seq of messages) {
        due.delete(seq);
        done.add(seq);
      }
    }
  }

  /** @throws AppError when it is to be asked for again */
  function erase(seqs: readonly number[]): Promise<void> {
    for (const seq of seqs) if (!done.has(seq)) due.add(seq);
    running = running.then(work, work);
    return running;
  }

  return {
    /**
     * After one's own message was stored.
     * @param senderAt of what is loaded @throws AppError when it is to be asked for again
     */
    async finish(content: Content, senderAt: (seq: number) => AccountId | null | undefined): Promise<void> {
      if (content.type !== "delete") return;
      const { target, also = [] } = content;
      // What is not loaded here may be one's own.
      const theirs = also.filter((seq) => [undefined, self, senderAt(target.seq)].includes(senderAt(seq)));
      await erase([target.seq, ...theirs]);
    },

    /** Not waited for. */
    begin(gone: readonly Gone[] = []): void {
      const own = gone.flatMap(({ by, author, entries }) =>
        // Its author's words are for who deleted it: erased by the author first, the room's journal would not tell of a
        // moderator. What others said about it is theirs to erase, and no act of a moderator.
        entries.filter(({ sender }) => (sender === author ? by : sender) === self),
      );
      if (own.length + due.size > 0) erase(own.map(({ stored }) => stored.seq)).catch(() => {});
    },
  };
}
