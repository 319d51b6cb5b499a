import type { ConversationId } from "../base/ids.ts";
import type { ServerTextFrame } from "../protocol/frames.ts";

type Heads = Extract<ServerTextFrame, { type: "ready" }>["heads"];

/** Whether the server knows of other conversations than are listed here, or of an end. */
export function listDiffers(
  listed: ReadonlyMap<ConversationId, { isClosed(): boolean }>,
  heads: Heads,
): boolean {
  const there = new Set(heads.map(({ conversation }) => conversation));
  return (
    heads.some(({ conversation, closed }) => listed.get(conversation)?.isClosed() !== closed) ||
    [...listed.keys()].some((id) => !there.has(id))
  );
}
