import type { ConversationId } from "../../base/ids.ts";
import type { Content } from "../../protocol/content.ts";
import type { StoredMessage } from "../../protocol/frames.ts";
import { headerOf } from "../conversation/header-of.ts";
import { isWaiting, type Opened, openStored } from "../conversation/open-stored.ts";
import type { ConversationKeys, KeyBook } from "../key-book.ts";
import type { Item } from "./items.ts";

/**
 * Opens messages of one conversation one after the other: each is a few moments of work for the browser's own
 * threads, and between them the page goes on.
 * @throws CryptoError, IdentityChangedError, AppError as the key book does
 */
export async function readItems(
  book: Pick<KeyBook, "require" | "forget">,
  conversation: ConversationId,
  messages: readonly StoredMessage[],
): Promise<Item[]> {
  const keys = await keysFor(book, conversation, messages);
  const items: Item[] = [];
  for (const stored of messages) items.push(itemOf(await openStored(stored, keys), keys));
  return items;
}

/** With the records that came since they were last asked for, if one of these messages needs them. */
async function keysFor(
  book: Pick<KeyBook, "require" | "forget">,
  conversation: ConversationId,
  messages: readonly StoredMessage[],
): Promise<ConversationKeys> {
  const keys = await book.require(conversation);
  const isMissing = messages.some((message) => {
    const header = headerOf(message);
    return header && keys.reader.findState(header.recordHash) === null;
  });
  if (!isMissing) return keys;
  book.forget(conversation);
  return book.require(conversation);
}

function itemOf(opened: Opened, { state }: ConversationKeys): Item {
  const { stored, message, content, role } = opened;
  const place = { seq: stored.seq, at: stored.storedAt };
  if (!message || !content) return { ...place, kind: isWaiting(opened) ? "waiting" : "other" };
  const { sender } = message.header;
  const moderates = state.type !== "direct" && (role === "owner" || role === "moderator");
  if (content.type === "edit")
    return { ...place, kind: "edit", sender, target: content.target.seq, text: content.text };
  if (content.type === "delete")
    return { ...place, kind: "delete", sender, target: content.target.seq, moderates };
  const text = textOf(content);
  if (text === null) return { ...place, kind: "other" };
  const thread = (content.type === "text" && content.thread?.seq) || 0;
  const files = content.type === "text" ? (content.files ?? []).map(({ name }) => name).join("\n") : "";
  return { ...place, kind: "said", sender, text, files, thread };
}

/** Null for what is no message by itself. */
function textOf(content: Content): string | null {
  if (content.type === "text") return content.text;
  return content.type === "poll" ? [content.question, ...content.options].join("\n") : null;
}
