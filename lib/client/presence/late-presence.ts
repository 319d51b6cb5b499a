import type { AccountId, ConversationId } from "../../base/ids.ts";
import { createLatePart } from "../late-part.ts";
import type { Watched } from "../model.ts";
import type { PresenceDeps, PresenceFrame } from "./presence.ts";

/** Presence, whose code comes when the messenger rests or when a view looks at somebody. */
export function createLatePresence(deps: PresenceDeps) {
  const { start, find, stop } = createLatePart(async () =>
    (await import("./presence.ts")).startPresence(deps),
  );

  return {
    stop,
    /** Where it cannot be fetched, people look as if they were not there. */
    start: (): void => void start().catch(() => {}),

    watch(watched: Watched): () => void {
      let end = () => {};
      let ended = false;
      start().then(
        (presence) => {
          if (!ended) end = presence.watch(watched);
        },
        () => {},
      );
      return () => {
        ended = true;
        end();
      };
    },

    writes: (conversation: ConversationId): void => find()?.writes(conversation),
    wrote: (conversation: ConversationId, person: AccountId): void => find()?.wrote(conversation, person),
    heard: (frame: PresenceFrame): void => find()?.heard(frame),
  };
}
