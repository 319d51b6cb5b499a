import type { MessageRef } from "../../protocol/content.ts";
import type { Message } from "../model-messages.ts";
import type { Run } from "./run.ts";

/** What was said about a message stands after it: this much more is loaded. */
const AFTER = 25;

export interface PinnedDeps {
  /** The runs that are there anyway. */
  runs(): readonly Run[];
  newWindow(): Run;
  firstSeq(): number;
  lastSeq(): number;
}

/** The messages that a room pins, wherever they stand: those that are not loaded are fetched apart, and nothing moves. */
export function createPinned({ runs, newWindow, firstSeq, lastSeq }: PinnedDeps) {
  /** By the place of the pin that each was fetched for. */
  const fetched = new Map<number, Run>();
  const places = new WeakMap<readonly Message[], ReadonlyMap<number | null, Message>>();

  function messageIn(run: Run, { id, seq }: MessageRef): Message | undefined {
    const messages = run.messages();
    let index = places.get(messages);
    if (!index) {
      index = new Map(messages.map((message) => [message.seq, message]));
      places.set(messages, index);
    }
    const found = index.get(seq);
    return found?.id === id ? found : undefined;
  }

  /** Undefined for what is not loaded, null for what is gone or cannot be read. */
  function find(pin: MessageRef): Message | null | undefined {
    if (pin.seq < firstSeq()) return null;
    const apart = fetched.get(pin.seq);
    const [run] = [...runs(), ...(apart ? [apart] : [])].filter(({ log }) => {
      return log.entries().length > 0 && log.first() <= pin.seq && pin.seq <= log.last();
    });
    if (!run) return apart && null;
    const message = messageIn(run, pin);
    return message?.body.kind === "text" || message?.body.kind === "poll" ? message : null;
  }

  return {
    /** What was fetched apart. */
    apart: (): Iterable<Run> => fetched.values(),

    /** The latest pin first; only what is loaded and can be read. */
    shown(pins: readonly MessageRef[]): readonly Message[] {
      const seqs = new Set(pins.map(({ seq }) => seq));
      for (const seq of fetched.keys()) if (!seqs.has(seq) || seq < firstSeq()) fetched.delete(seq);
      return pins.flatMap((pin) => find(pin) ?? []).reverse();
    },

    /** Until so many can be shown, the latest pin first. @throws AppError */
    async load(pins: readonly MessageRef[], most: number): Promise<void> {
      let shown = 0;
      for (const pin of pins.toReversed()) {
        if (shown >= most) return;
        if (find(pin) === undefined) {
          const run = newWindow();
          await run.log.loadOlder(Math.min(pin.seq + AFTER, lastSeq()));
          fetched.set(pin.seq, run);
        }
        if (find(pin)) shown += 1;
      }
    },
  };
}
