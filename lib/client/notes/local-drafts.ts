import { fromUtf8, utf8 } from "../../base/bytes.ts";
import type { AccountId, ConversationId } from "../../base/ids.ts";
import { oneByOne } from "../../base/one-by-one.ts";
import { type LocalKey, openDraft, sealDraft } from "../../crypto/local-key.ts";
import { requireLocalKey } from "../local-key.ts";
import type { Draft } from "../model-notes.ts";
import type { Storage } from "../platform.ts";

/**
 * Unsent words that the vault has not yet, or not any more: on this device alone, sealed under a key that cannot be
 * read out of its storage.
 */
export function createLocalDrafts(
  storage: Pick<Storage, "findLocalKey" | "addLocalKey" | "findDraft" | "putDraft" | "drafts">,
  account: AccountId,
) {
  let key: Promise<LocalKey> | null = null;
  /** One write after the other: the last text is what stays. */
  const inOrder = oneByOne();

  function requireKey(): Promise<LocalKey> {
    key ??= requireLocalKey(storage, account).catch((error: unknown) => {
      key = null;
      throw error;
    });
    return key;
  }

  async function read(conversation: ConversationId): Promise<Draft | null> {
    const sealed = await storage.findDraft(account, conversation);
    const opened = sealed && (await openDraft(await requireKey(), account, conversation, sealed));
    return opened && decode(fromUtf8(opened));
  }

  return {
    read: (conversation: ConversationId): Promise<Draft | null> => inOrder(() => read(conversation)),

    keep: (conversation: ConversationId, draft: Draft): Promise<void> =>
      inOrder(async () => {
        const bytes = utf8(JSON.stringify([draft.at, draft.text]));
        const sealed = await sealDraft(await requireKey(), account, conversation, bytes);
        await storage.putDraft(account, conversation, sealed);
      }),

    /** Takes it away, unless it was written again since. */
    drop: (conversation: ConversationId, { at }: Draft): Promise<void> =>
      inOrder(async () => {
        if ((await read(conversation))?.at === at) await storage.putDraft(account, conversation, null);
      }),

    list: (): Promise<ConversationId[]> => storage.drafts(account),
  };
}

/** What was sealed by an earlier release is the text alone. */
function decode(opened: string): Draft {
  try {
    const [at, text] = JSON.parse(opened) as unknown[];
    if (typeof at === "number" && typeof text === "string") return { at, text };
  } catch {
    // The text alone.
  }
  return { at: 0, text: opened };
}
