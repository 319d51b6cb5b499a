import type { ConversationId } from "../../base/ids.ts";
import type { Messenger } from "../model.ts";

/** How long after the last keystroke a draft is written down. */
const PAUSE_MS = 300;

export interface DraftKeeper {
  /** The person typed: this is the text now. */
  type(text: string): void;
  /** Writes down what is not yet. */
  close(): void;
}

/**
 * One conversation's draft in one tab: read at the start, written in pauses and when the page is left. What
 * another tab wrote is taken over when this one comes to the front, unless something was typed here since.
 * @param show the text is another than the one that was typed
 */
export function keepDraft(
  messenger: Messenger,
  conversation: ConversationId,
  show: (text: string) => void,
): DraftKeeper {
  const listening = new AbortController();
  const { signal } = listening;
  const drafts = messenger.drafts();
  // Storage that refuses costs the draft, never the message.
  const ignore = (): void => undefined;
  let unwritten: string | null = null;
  /** Changes with every keystroke: what was read before it is older than what stands here. */
  let typed = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function write(): void {
    clearTimeout(timer);
    if (unwritten === null) return;
    const text = unwritten;
    unwritten = null;
    drafts.then((kept) => kept.keep(conversation, text)).catch(ignore);
  }

  function read(): void {
    const before = typed;
    drafts
      .then((kept) => kept.read(conversation))
      .then((found) => {
        if (typed === before && unwritten === null && !signal.aborted) show(found);
      })
      .catch(ignore);
  }

  const whenHidden = (): void => {
    if (document.visibilityState === "hidden") write();
  };
  addEventListener("focus", read, { signal });
  addEventListener("pagehide", write, { signal });
  document.addEventListener("visibilitychange", whenHidden, { signal });
  read();

  return {
    type(text) {
      typed += 1;
      unwritten = text;
      clearTimeout(timer);
      // What was sent must not come back as a draft.
      if (text === "") write();
      else timer = setTimeout(write, PAUSE_MS);
    },
    close() {
      listening.abort();
      write();
    },
  };
}
