import type { ConversationId } from "../../base/ids.ts";
import type { SealedEnvelope } from "../../crypto/message.ts";
import type { Content } from "../../protocol/content.ts";
import { AppError, ERRORS } from "../../protocol/errors.ts";
import type { KeyBook } from "../key-book.ts";
import { openStored } from "./open-stored.ts";

/** What is in one's own sealed message; null when it cannot be opened. @throws AppError that says to try again */
export async function readOwn(
  book: Pick<KeyBook, "require">,
  conversation: ConversationId,
  envelope: SealedEnvelope,
): Promise<Content | null> {
  try {
    const opened = await openStored({ seq: 0, storedAt: 0, envelope }, await book.require(conversation));
    return opened.content;
  } catch (error) {
    if (error instanceof AppError && ERRORS[error.code].retryable) throw error;
    return null;
  }
}
