import type { AccountId, ConversationId } from "../../base/ids.ts";
import { oneByOne } from "../../base/one-by-one.ts";
import { LIMITS } from "../../protocol/limits.ts";
import type { RunningParts } from "../account/parts.ts";
import type { Draft, Drafts, Notes } from "../model-notes.ts";
import { createLocalDrafts } from "./local-drafts.ts";

/** While somebody types, the vault is written this often. */
const EVERY_MS = 3_000;

interface DraftsDeps extends Pick<RunningParts, "platform" | "store"> {
  readonly account: AccountId;
  /** As the vault has it. */
  read(conversation: ConversationId): Promise<Draft | null>;
  readonly update: Notes["update"];
}

/**
 * Unsent text in all of one's browsers: what is typed lies in this one's storage at once, and a little later in the
 * vault instead. Of two that were typed at once, the later one stays.
 */
export function createDrafts(deps: DraftsDeps): Drafts & { stop(): void } {
  const { platform, store, account, update } = deps;
  const local = createLocalDrafts(platform.storage, account);
  const timers = new Map<ConversationId, ReturnType<typeof setTimeout>>();
  /** Where the vault could not be written. */
  const waiting = new Set<ConversationId>();
  const pushInOrder = oneByOne();
  const keepInOrder = oneByOne();
  let isOnline = store.get().connection === "online";

  async function newest(conversation: ConversationId): Promise<Draft | null> {
    const here = await local.read(conversation);
    const kept = await deps.read(conversation);
    return here && here.at > (kept?.at ?? -1) ? here : kept;
  }

  async function write(conversation: ConversationId, text: string): Promise<void> {
    const before = await newest(conversation);
    if (text === (before?.text ?? "")) return;
    // Later than what it takes the place of, whatever the clocks of two browsers say.
    const at = Math.max(platform.now(), (before?.at ?? 0) + 1);
    await local.keep(conversation, { text, at });
  }

  /** From this browser into the vault. */
  async function move(conversation: ConversationId): Promise<void> {
    const draft = await local.read(conversation);
    // Too long for a message: it stays here until it is shortened.
    if (!draft || draft.text.length > LIMITS.messageChars) return;
    const kept = await deps.read(conversation);
    if (draft.text !== (kept?.text ?? ""))
      await update(conversation, (notes) =>
        notes.draft && notes.draft.at >= draft.at ? notes : { ...notes, draft },
      );
    await local.drop(conversation, draft);
  }

  function push(conversation: ConversationId): Promise<void> {
    clearTimeout(timers.get(conversation));
    timers.delete(conversation);
    waiting.delete(conversation);
    return pushInOrder(() => move(conversation)).catch(() => void waiting.add(conversation));
  }

  const forget = store.subscribe(() => {
    const wasOnline = isOnline;
    isOnline = store.get().connection === "online";
    if (isOnline && !wasOnline) for (const conversation of [...waiting]) void push(conversation);
  });

  /** What was left here when the last tab ended. */
  async function pushLeft(): Promise<void> {
    const here = new Set(store.get().conversations?.map(({ id }) => id));
    for (const conversation of await local.list()) if (here.has(conversation)) void push(conversation);
  }
  pushLeft().catch(() => {
    // Storage that refuses costs the draft alone.
  });

  return {
    read: async (conversation) => (await newest(conversation))?.text ?? "",

    keep(conversation, text, leaving = false) {
      return keepInOrder(() => write(conversation, text)).then(() => {
        // What was sent must not be seen elsewhere as a draft.
        if (leaving || text === "") void push(conversation);
        else if (!timers.has(conversation))
          timers.set(
            conversation,
            setTimeout(() => push(conversation), EVERY_MS),
          );
      });
    },

    stop() {
      forget();
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
    },
  };
}
