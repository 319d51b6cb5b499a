import type { AccountId, ConversationId } from "../../base/ids.ts";
import type { ConversationType } from "../../protocol/layout/record.ts";
import type { Message } from "../model.ts";
import type { Places } from "../model-messages.ts";
import type { Unsent } from "../outbox.ts";
import { createLookBack } from "./look-back.ts";
import { createMessageLog, type LogEntry, type MessageLogDeps } from "./message-log.ts";
import { createProjection, type Gone } from "./projection.ts";

export interface RunDeps extends MessageLogDeps {
  readonly self: AccountId;
  readonly type: ConversationType;
  unsent(): readonly Unsent[];
  /** Up to where everybody else has received and read. */
  ofOthers(): Places;
  /** In the order of their places. */
  onEntries(entries: readonly LogEntry[]): void;
  onGone(gone: readonly Gone[]): void;
  /** The first message that there is for this person. */
  firstSeq(): number;
  lastSeq(): number;
  read(): number;
  /** Of a window: what is loaded after it. What is said there about its messages counts. */
  beyond?(): readonly LogEntry[];
}

/** Messages without gaps, and what views see of them: the newest ones, or a window somewhere in the past. */
export function createRun(conversation: ConversationId, deps: RunDeps) {
  let projection = createProjection(deps.self, deps.type, deps.firstSeq);
  const log = createMessageLog(conversation, { ...deps, onChange: logChanged });
  const lookBack = createLookBack({ ...deps, log, messages });
  let known: { own: readonly LogEntry[]; beyond: readonly LogEntry[]; all: readonly LogEntry[] } | null =
    null;
  let cut: { from: readonly Message[]; last: number; to: readonly Message[] } | null = null;

  /** With what is loaded after it, if it is a window. */
  function all(): readonly LogEntry[] {
    const own = log.entries();
    const beyond = deps.beyond?.();
    if (!beyond) return own;
    if (known?.own !== own || known.beyond !== beyond)
      known = { own, beyond, all: [...own, ...beyond.filter(({ stored }) => stored.seq > log.last())] };
    return known.all;
  }

  function messages(): readonly Message[] {
    const from = projection.messages(all(), deps.unsent(), deps.ofOthers());
    if (!deps.beyond) return from;
    const last = log.last();
    // A thread has no newer page to go on to: its answers are there wherever one has gone back to.
    if (cut?.from !== from || cut.last !== last)
      cut = { from, last, to: from.filter(({ seq, thread }) => thread || (seq !== null && seq <= last)) };
    return cut.to;
  }

  function logChanged(): void {
    deps.onEntries(all());
    messages();
    const gone = projection.takeGone();
    deps.onGone(gone);
    log.drop(gone.flatMap(({ entries }) => entries));
    deps.onChange();
  }

  return {
    log,
    lookBack,
    messages,
    /** In the order of their places; of a window with what is loaded after it. */
    entries: all,
    withAll: (...deletion: Parameters<typeof projection.withAll>) => projection.withAll(...deletion),

    /** What stood before this place is over. */
    async forgetBefore(from: number): Promise<void> {
      projection = createProjection(deps.self, deps.type, deps.firstSeq);
      await log.forgetBefore(from);
    },

    /** Forgets what is not between these places. */
    async keep(from: number, to: number): Promise<void> {
      projection = createProjection(deps.self, deps.type, deps.firstSeq);
      await log.keep(from, to);
    },
  };
}

export type Run = ReturnType<typeof createRun>;
