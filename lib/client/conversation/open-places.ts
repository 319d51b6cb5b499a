import type { ConversationId } from "../../base/ids.ts";
import { CryptoError } from "../../crypto/errors.ts";
import { AppError } from "../../protocol/errors.ts";
import { decodePage } from "../../protocol/frames.ts";
import type { RunningParts } from "../account/parts.ts";
import { IdentityChangedError } from "../identities.ts";
import type { ConversationKeys } from "../key-book.ts";
import { type Opened, openStored } from "./open-stored.ts";

type Deps = Pick<RunningParts, "api" | "book">;

/**
 * Messages at places anywhere in a conversation, from the server and opened as always: a page with what stands around them at a
 * time, newest first. Nothing where nothing can be opened. @throws AppError
 */
export async function* openPlaces(
  deps: Deps,
  conversation: ConversationId,
  seqs: Iterable<number>,
): AsyncGenerator<readonly Opened[]> {
  const missing = new Set(seqs);
  const keys = missing.size > 0 ? await findKeys(deps, conversation) : null;
  while (keys && missing.size > 0) {
    const seq = Math.max(...missing);
    const page = decodePage(
      await deps.api.getBytes(`/api/conversations/${conversation}/messages?before=${seq + 1}`),
    );
    yield await Promise.all(page.map((stored) => openStored(stored, keys)));
    const from = Math.min(seq, page[0]?.seq ?? seq);
    for (const one of missing) if (one >= from) missing.delete(one);
  }
}

/** Null where nothing can be opened. @throws AppError */
async function findKeys({ book }: Deps, conversation: ConversationId): Promise<ConversationKeys | null> {
  try {
    return await book.require(conversation);
  } catch (error) {
    const isGone = error instanceof AppError && error.code === "not-found";
    if (isGone || error instanceof CryptoError || error instanceof IdentityChangedError) return null;
    throw error;
  }
}
