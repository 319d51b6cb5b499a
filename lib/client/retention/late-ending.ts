import type { ConversationId } from "../../base/ids.ts";
import type { RunningParts } from "../account/parts.ts";
import type { Remains } from "../conversation/remains.ts";

/** The end of keys that open nothing any more, whose code comes when messages disappear somewhere. */
export function createLateEnding(
  parts: () => RunningParts,
  remainsOf: (conversation: ConversationId) => Remains | null,
) {
  return {
    /** Not waited for. */
    begin(conversation: ConversationId): void {
      if (!remainsOf(conversation)?.seconds) return;
      import("./end-keys.ts")
        .then(({ endKeys }) => endKeys(parts(), conversation, () => remainsOf(conversation)))
        .catch(() => {
          // Away, or another browser writes: what goes next, or the next start, finds it due again.
        });
    },
  };
}
