import type { ConversationId, MessageId } from "../../base/ids.ts";
import { headerOf } from "../../client/conversation/header-of.ts";
import { findKeys } from "../../client/export/read-conversation.ts";
import { type Content, decodeContent, encodeContent, type MessageRef } from "../../protocol/content.ts";
import { AppError } from "../../protocol/errors.ts";
import { LIMITS } from "../../protocol/limits.ts";
import { findMessage, readDeps } from "../events/stored-events.ts";
import { EXIT, Failure, usage } from "../failure.ts";
import type { Client } from "./connect.ts";

/** Where a message is now, durable on the server. */
export interface Delivered {
  readonly conversation: ConversationId;
  readonly id: MessageId;
  readonly seq: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** @throws Failure "usage", "too-large" */
export function requireText(text: string): string {
  if (text.trim() === "") throw usage("There is nothing to send.");
  if (text.length > LIMITS.messageChars)
    throw new Failure(EXIT.usage, "too-large", `A message has at most ${LIMITS.messageChars} characters.`);
  if (!text.isWellFormed()) throw usage("The text is not well-formed Unicode.");
  return text;
}

/**
 * Seals and sends, and waits until the server has stored it. What fails is not sent later: whoever is told so may send
 * again. @throws AppError as it is refused; Failure "identity-changed", "broken-record", "offline", "timeout"
 */
export async function deliver(
  client: Client,
  conversation: ConversationId,
  content: Content,
  patience: number,
): Promise<Delivered> {
  const { outbox, require } = client.unlocked;
  if (!decodeContent(encodeContent(content))) throw usage("That cannot be sent.");
  const model = require(conversation);
  await model.preview();
  // Asks who the other one is now.
  if (model.peer) await model.open();
  requireOpen(client, conversation);
  const before = new Set(outbox.unsent(conversation));
  const queued = outbox.add(conversation, content);
  const item = outbox.unsent(conversation).find((unsent) => !before.has(unsent));
  if (!item) throw new AppError("internal", "nothing was queued");
  try {
    await queued;
    return await client.until(() => {
      if (item.failure) throw new AppError(item.failure);
      requireOpen(client, conversation);
      if (outbox.unsent(conversation).includes(item)) return null;
      const stored = model.entries().find(({ id }) => id === item.id)?.stored;
      return stored ? { conversation, id: item.id, seq: stored.seq, at: stored.storedAt } : null;
    }, patience);
  } catch (error) {
    await outbox.discard(conversation, item.id);
    throw error;
  }
}

/** What a message answers. @throws Failure "not-found" */
export async function findReference(
  client: Client,
  conversation: ConversationId,
  seq: number,
): Promise<MessageRef> {
  const keys = await findKeys(readDeps(client), conversation);
  const found = await findMessage(client, conversation, keys, seq);
  const header = found?.content ? headerOf(found.stored) : null;
  if (!header) throw new Failure(EXIT.notFound, "not-found", `There is no message ${seq} to answer.`);
  return { id: header.message, seq };
}

/** Says why nothing can be sent, where that is so. */
function requireOpen({ unlocked }: Client, conversation: ConversationId): void {
  const model = unlocked.require(conversation);
  const { alert, canSend, room, mutedUntil } = model.view();
  if (canSend) return;
  if (alert === "identity-changed")
    throw new Failure(
      EXIT.trust,
      "identity-changed",
      "Somebody there has another identity than the one accepted here. Nothing was sent. Compare numbers: sceau verify.",
    );
  if (alert)
    throw new Failure(
      EXIT.trust,
      alert,
      "The records of this conversation cannot be trusted. Nothing was sent.",
    );
  if (model.isClosed()) throw new AppError("conversation-closed");
  if (room?.refused) throw new AppError("room-refused");
  if (room?.archived) throw new AppError("room-archived");
  if (mutedUntil !== null) throw new AppError("muted");
  throw new AppError(room ? "posting-restricted" : "conversation-closed");
}
