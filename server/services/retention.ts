import type { ConversationId } from "../../lib/base/ids.ts";
import { type ServerStanding, shorterRetention } from "../../lib/protocol/retention.ts";
import type { Database } from "../database/database.ts";
import type { Log } from "../log.ts";
import type { Policies } from "./policies.ts";

const DAY_SECONDS = 86_400;
const MEGABYTE = 1024 * 1024;
/** Conversations that are looked up at once. */
const CONVERSATIONS = 200;

/**
 * Messages end when they are as old as the shorter of two limits: the server's, and that of their conversation's newest
 * record (docs/protocol.md §7.4). The server's is asked for here and nowhere else.
 * @param given the server's by MESSAGE_RETENTION, in seconds, 0 for none; the policy may make it shorter
 */
export function createRetention(
  { retention: store, leases }: Pick<Database, "retention" | "leases">,
  given: number,
  policies: Pick<Policies, "current">,
  log: Log,
  clock: () => number,
) {
  let running: Promise<void> | null = null;
  let stopped = false;

  const longestNow = () => shorterRetention(given, policies.current().messageRetentionDays * DAY_SECONDS);

  async function expireAll(): Promise<void> {
    const longest = longestNow();
    let deleted = 0;
    /** One of them keeps no other from it; it is tried again the next time. */
    const failed = new Map<ConversationId, unknown>();
    for (let due = true; due && !stopped; ) {
      const found = await store.due(longest, clock(), CONVERSATIONS);
      const conversations = found.filter((id) => !failed.has(id));
      for (const conversation of conversations) {
        if (stopped) break;
        deleted += await store.expire(conversation, longest, clock()).catch((error: unknown) => {
          failed.set(conversation, error);
          return 0;
        });
      }
      due = conversations.length > 0;
    }
    for (const [conversation, error] of failed)
      log.warn({ err: error, conversation }, "messages not expired");
    if (deleted > 0) log.debug({ messages: deleted }, "messages expired");
  }

  return {
    /** By MESSAGE_RETENTION, in seconds; 0 without end. */
    given,

    standing: (): ServerStanding => ({
      now: clock(),
      longestRetention: longestNow(),
      largestFile: policies.current().fileMegabytes * MEGABYTE,
    }),

    /** Until nothing is over, batch by batch; by one server of a database at a time. */
    expire(): Promise<void> {
      running ??= leases.exclusively("retention", expireAll).finally(() => {
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
