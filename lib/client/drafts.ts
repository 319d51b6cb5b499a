import { fromUtf8, utf8 } from "../base/bytes.ts";
import type { AccountId, ConversationId } from "../base/ids.ts";
import { type LocalKey, openDraft, sealDraft } from "../crypto/local-key.ts";
import { requireLocalKey } from "./local-key.ts";
import type { Drafts } from "./model.ts";
import type { Storage } from "./platform.ts";

/** Unsent text, on this device alone, sealed under a key that cannot be read out of its storage. */
export function createDrafts(
  storage: Pick<Storage, "findLocalKey" | "addLocalKey" | "findDraft" | "putDraft">,
  account: AccountId,
): Drafts {
  let key: Promise<LocalKey> | null = null;
  /** One write after the other: the last text is what stays. */
  let last: Promise<unknown> = Promise.resolve();

  function requireKey(): Promise<LocalKey> {
    key ??= requireLocalKey(storage, account).catch((error: unknown) => {
      key = null;
      throw error;
    });
    return key;
  }

  async function write(conversation: ConversationId, text: string): Promise<void> {
    const sealed = text && (await sealDraft(await requireKey(), account, conversation, utf8(text)));
    await storage.putDraft(account, conversation, sealed || null);
  }

  return {
    async read(conversation) {
      await last;
      const sealed = await storage.findDraft(account, conversation);
      const text = sealed && (await openDraft(await requireKey(), account, conversation, sealed));
      return text ? fromUtf8(text) : "";
    },

    keep(conversation, text) {
      const written = last.then(() => write(conversation, text));
      last = written.catch(() => {});
      return written;
    },
  };
}
