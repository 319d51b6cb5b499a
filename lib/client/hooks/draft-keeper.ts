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
 * another tab or browser wrote is taken over when it is heard of, unless something was typed here since.
 * @param show the text is another than the one that was typed
 * @param isBlank whether the field was shown empty because nobody knew yet what lies here
 */
export function keepDraft(
  messenger: Messenger,
  conversation: ConversationId,
  show: (text: string) => void,
  isBlank: boolean,
): DraftKeeper {
  const listening = new AbortController();
  const { signal } = listening;
  const drafts = messenger.drafts();
  const inVault = () => messenger.getState().notes.get(conversation)?.draft;
  // Storage that refuses costs the draft, never the message.
  const ignore = (): void => undefined;
  let unwritten: string | null = null;
  /** Written down here, and perhaps not known to one's other browsers. */
  let unshared: string | null = null;
  /** Changes with every keystroke: what was read before it is older than what stands here. */
  let typed = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let heard = inVault();
  /** Until it is known what lies here, nothing is written over it. */
  let isKnown = false;

  /** @param leaving whether nothing will be typed for a while */
  function write(leaving: boolean): void {
    clearTimeout(timer);
    if (!isKnown) return;
    const text = unwritten ?? (leaving ? unshared : null);
    if (text === null) return;
    unwritten = null;
    unshared = leaving ? null : text;
    drafts.then((kept) => kept.keep(conversation, text, leaving)).catch(ignore);
  }

  function read(): void {
    const before = typed;
    drafts
      .then((kept) => kept.read(conversation))
      .then((found) => {
        if (typed !== before || unwritten !== null || signal.aborted) return;
        if (found !== unshared) unshared = null;
        show(found);
      })
      .catch(ignore);
  }

  const leave = (): void => write(true);
  const whenHidden = (): void => {
    if (document.visibilityState === "hidden") leave();
  };
  addEventListener("focus", read, { signal });
  addEventListener("pagehide", leave, { signal });
  document.addEventListener("visibilitychange", whenHidden, { signal });
  const forget = messenger.subscribe(() => {
    const now = inVault();
    if (now === heard) return;
    heard = now;
    read();
  });

  /** @param found null where it could not be read */
  function begin(found: string | null): void {
    isKnown = true;
    if (unwritten === null) {
      if (found !== null && !signal.aborted) show(found);
      return;
    }
    // What was asked for since is as old.
    typed += 1;
    // Neither what lay here nor what was typed before it came may be lost.
    if (isBlank && found && found !== unwritten) {
      unwritten = unwritten === "" ? found : `${found}\n${unwritten}`;
      show(unwritten);
    }
    write(signal.aborted || unwritten === "");
  }
  drafts.then((kept) => kept.read(conversation)).then(begin, () => begin(null));

  return {
    type(text) {
      typed += 1;
      unwritten = text;
      clearTimeout(timer);
      // What was sent must not come back as a draft.
      if (text === "") write(true);
      else timer = setTimeout(write, PAUSE_MS, false);
    },
    close() {
      listening.abort();
      forget();
      leave();
    },
  };
}
