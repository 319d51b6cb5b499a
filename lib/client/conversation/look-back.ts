import type { Message } from "../model-messages.ts";
import type { MessageLog } from "./message-log.ts";

/** Fewer messages do not fill a screen. */
const SCREEN = 20;
const PAGES = 10;
/** What is beyond nobody counts: two pages make 99+. */
const PAGES_TO_COUNT = 2;

export interface LookBackDeps {
  readonly log: Pick<MessageLog, "entries" | "first" | "loadOlder">;
  /** The first message that there is for this person. */
  firstSeq(): number;
  lastSeq(): number;
  read(): number;
  messages(): readonly Message[];
}

/** Loads older pages until there is enough to show: a page can hold nothing but what is said about messages. */
export function createLookBack({ log, firstSeq, lastSeq, read, messages }: LookBackDeps) {
  async function load(pages: number, isEnough: () => boolean): Promise<void> {
    for (let page = 0; page < pages && log.first() > firstSeq() && !isEnough(); page++)
      await log.loadOlder(lastSeq());
  }

  return {
    /** For the list: something to show, and the unread ones. Somebody who opens it scrolls by themselves. */
    count: (isOpen: () => boolean) =>
      load(PAGES_TO_COUNT, () => isOpen() || (log.first() <= read() + 1 && messages().length > 0)),

    /** For a timeline that is opened. */
    async screen(): Promise<void> {
      if (log.entries().length === 0) await log.loadOlder(lastSeq());
      await load(PAGES, () => messages().length >= SCREEN);
    },

    /** One page, and further ones while they show nothing. */
    async more(): Promise<void> {
      const before = messages().length;
      await log.loadOlder(lastSeq());
      await load(PAGES - 1, () => messages().length > before);
    },
  };
}
