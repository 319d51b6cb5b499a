import { setTimeout as sleep } from "node:timers/promises";
import type { ConversationId } from "../../lib/base/ids.ts";
import { LIMITS } from "../../lib/protocol/limits.ts";
import type { Database } from "../database/database.ts";
import { keyOf, type Receipt } from "../database/receipts.ts";
import type { Log } from "../log.ts";
import type { Client } from "./client.ts";
import type { ConversationService, KnownConversation } from "./conversations.ts";
import type { Publish } from "./publish.ts";
import type { Session } from "./sessions.ts";
import { showsReading, type VisibilityService } from "./visibility.ts";

const BATCH = 500;
/** Before what could not be stored is tried again. */
const RETRY_MS = 1_000;
/** While the database is away; more than these are forgotten, and said again with the next receipt. */
const MOST_KEPT = 100_000;

interface Waiting {
  readonly receipt: Receipt;
  readonly members: KnownConversation["members"];
}

/**
 * Delivered and read positions. Those that arrive while one statement is in flight are merged: a position only
 * grows, so the newest says it all. A receipt lost in a crash is sent again with the next one.
 */
export function createReceiptService(deps: {
  readonly database: Pick<Database, "receipts">;
  readonly conversations: ConversationService;
  readonly visibility: Pick<VisibilityService, "of">;
  readonly publish: Publish;
  readonly log: Log;
  readonly clock: () => number;
}) {
  const { database, conversations, visibility, publish, log, clock } = deps;
  const waiting = new Map<string, Waiting>();
  let flushing: Promise<void> | null = null;
  let isFailing = false;
  /** Ends the pause after a failure, also of those to come; nothing is kept then. */
  const stop = new AbortController();

  async function flush(): Promise<void> {
    while (waiting.size > 0) {
      const batch = new Map([...waiting].slice(0, BATCH));
      for (const key of batch.keys()) waiting.delete(key);
      try {
        // What is published is what is stored: nobody can have read more than there is.
        const receipts = [...batch.values()].map(({ receipt }) => receipt);
        for (const stored of await database.receipts.advance(receipts, clock())) {
          const { read: ownRead, shownRead: read, shownReadAt: readAt, moved, ...place } = stored;
          // A frame that says nothing new to others would still say that somebody is there.
          const members = moved ? batch.get(keyOf(stored))?.members : [stored.account];
          if (members) publish({ type: "receipt", members, ...place, read, readAt, ownRead });
        }
        isFailing = false;
      } catch (error) {
        if (!isFailing) log.error({ err: error, receipts: batch.size }, "receipts not stored");
        isFailing = true;
        if (!stop.signal.aborted) putBack(batch);
        await sleep(RETRY_MS, null, { signal: stop.signal }).catch(() => {});
      }
    }
    flushing = null;
  }

  function put(key: string, { receipt, members }: Waiting): void {
    const before = waiting.get(key)?.receipt;
    waiting.set(key, {
      members,
      receipt: {
        ...receipt,
        delivered: Math.max(receipt.delivered, before?.delivered ?? 0),
        read: Math.max(receipt.read, before?.read ?? 0),
      },
    });
  }

  /** What came since is newer. */
  function putBack(batch: ReadonlyMap<string, Waiting>): void {
    for (const [key, failed] of batch) {
      const newer = waiting.get(key);
      if (newer) {
        waiting.set(key, failed);
        put(key, newer);
      } else if (waiting.size < MOST_KEPT) waiting.set(key, failed);
    }
  }

  return {
    /** @throws AppError "not-found" */
    async advance(
      session: Session,
      conversation: ConversationId,
      { delivered, read }: { delivered: number; read: number },
      client: Client,
    ): Promise<void> {
      const known = await conversations.requireMember(session, conversation, client);
      // Everybody's every position to everybody would be a million frames for one message to a thousand.
      const members = known.members.length > LIMITS.receiptMembers ? [session.accountId] : known.members;
      const shown = showsReading(await visibility.of(session.accountId));
      const key = keyOf({ conversation, account: session.accountId });
      // Whoever has read a message has received it.
      const receipt = { account: session.accountId, delivered: Math.max(delivered, read), read, shown };
      put(key, { members, receipt: { conversation, ...receipt } });
      flushing ??= flush();
    },

    async drain(): Promise<void> {
      stop.abort();
      while (flushing) await flushing;
    },
  };
}
