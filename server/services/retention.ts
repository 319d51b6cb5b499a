import type { ServerStanding } from "../../lib/protocol/retention.ts";
import type { Database } from "../database/database.ts";
import type { Log } from "../log.ts";

/** Conversations that are looked up at once. */
const CONVERSATIONS = 200;

/**
 * Messages end when they are as old as the shorter of two limits: the server's, and that of their conversation's newest
 * record (docs/protocol.md §7.4). The server's is asked for here and nowhere else.
 * @param longest the server's, in seconds; 0 for none
 */
export function createRetention(
  store: Database["retention"],
  longest: number,
  log: Log,
  clock: () => number,
) {
  let running: Promise<void> | null = null;
  let stopped = false;

  async function expireAll(): Promise<void> {
    let deleted = 0;
    for (let due = true; due && !stopped; ) {
      const conversations = await store.due(longest, clock(), CONVERSATIONS);
      for (const conversation of conversations) {
        if (stopped) break;
        deleted += await store.expire(conversation, longest, clock());
      }
      due = conversations.length > 0;
    }
    if (deleted > 0) log.debug({ messages: deleted }, "messages expired");
  }

  return {
    standing: (): ServerStanding => ({ now: clock(), longestRetention: longest }),

    /** Until nothing is over, batch by batch; by one server of a database at a time. */
    expire(): Promise<void> {
      running ??= store.exclusively(expireAll).finally(() => {
        running = null;
      });
      return running;
    },

    /** Ends after the batch at hand. */
    async drain(): Promise<void> {
      stopped = true;
      await running?.catch(() => {});
    },
  };
}

export type Retention = ReturnType<typeof createRetention>;
