import type { AccountId, ConversationId } from "../../base/ids.ts";
import type { Watched } from "../model.ts";
import type { PresenceDeps, PresenceFrame, RunningPresence } from "./presence.ts";

/** Presence, whose code comes when the messenger rests or when a view looks at somebody. */
export function createLatePresence(deps: PresenceDeps) {
  let running: Promise<RunningPresence> | null = null;
  let started: RunningPresence | null = null;
  let stopped = false;

  async function load(): Promise<RunningPresence> {
    const { startPresence } = await import("./presence.ts");
    const presence = startPresence(deps);
    if (stopped) presence.stop();
    started = presence;
    return presence;
  }

  function start(): Promise<RunningPresence> {
    running ??= load().catch((error: unknown) => {
      running = null;
      throw error;
    });
    return running;
  }

  return {
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

    writes: (conversation: ConversationId): void => started?.writes(conversation),
    wrote: (conversation: ConversationId, person: AccountId): void => started?.wrote(conversation, person),
    heard: (frame: PresenceFrame): void => started?.heard(frame),

    stop(): void {
      stopped = true;
      started?.stop();
    },
  };
}
