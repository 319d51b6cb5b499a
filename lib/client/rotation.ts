import type { ConversationId } from "../base/ids.ts";
import { appendRecord, type RecordDeps } from "./append-record.ts";
import type { ConversationKeys } from "./key-book.ts";

/**
 * A new key of the conversation for its members, and one's own newest certificate with it.
 * @param isDue judged on the newest records, again after each time another member was faster
 * @throws IdentityChangedError, CryptoError, AppError
 */
export async function rotate(
  deps: RecordDeps,
  conversation: ConversationId,
  isDue: (keys: ConversationKeys) => boolean | Promise<boolean>,
): Promise<void> {
  await appendRecord(deps, conversation, async (keys) => ((await isDue(keys)) ? { kind: "rotate" } : null));
}
