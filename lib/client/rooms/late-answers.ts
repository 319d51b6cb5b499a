import type { ConversationId } from "../../base/ids.ts";
import type { RunningParts } from "../account/parts.ts";

/** Letting people in who ask for it, whose code comes with the first of them. */
export function createLateAnswers(parts: () => RunningParts) {
  let stopped = false;
  return {
    /** By itself, in a moment that is its own: one of the members' browsers is enough. */
    begin(conversation: ConversationId): void {
      import("./answer-joiners.ts")
        .then(({ answerJoiners }) => answerJoiners(parts(), conversation, () => stopped))
        .catch(() => {
          // Another member's browser does it, or this one the next time.
        });
    },
    stop(): void {
      stopped = true;
    },
  };
}
