import type { ConversationId } from "../../base/ids.ts";
import type { AttachedFile } from "../../protocol/content.ts";
import type { RunningParts } from "../account/parts.ts";
import { openPlaces } from "../conversation/open-places.ts";

/** What messages were sent with, out of what is loaded or else from the server. @throws AppError */
export async function filesOf(
  deps: Pick<RunningParts, "api" | "book" | "store">,
  conversation: ConversationId,
  seqs: readonly number[],
): Promise<Map<number, readonly AttachedFile[]>> {
  const found = new Map<number, readonly AttachedFile[]>();
  const missing = new Set(seqs);
  for (const { seq, body } of deps.store.get().timelines.get(conversation)?.messages ?? [])
    if (seq !== null && body.kind === "text" && missing.delete(seq)) found.set(seq, body.files);
  for await (const page of openPlaces(deps, conversation, missing))
    for (const { stored, content } of page)
      if (content?.type === "text" && content.files && missing.has(stored.seq))
        found.set(stored.seq, content.files);
  return found;
}
