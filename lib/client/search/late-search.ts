import type { ConversationId } from "../../base/ids.ts";
import type { StoredMessage } from "../../protocol/frames.ts";
import type { RunningParts } from "../account/parts.ts";
import type { RunningSearch } from "./search.ts";

/** Searching, whose code comes when the messenger rests or when somebody searches. */
export function createLateSearch(parts: () => RunningParts) {
  let running: Promise<RunningSearch> | null = null;
  let started: RunningSearch | null = null;
  let stopped = false;

  async function load(): Promise<RunningSearch> {
    const { startSearch } = await import("./search.ts");
    // Whoever searches next begins anew.
    const search = await startSearch(parts(), () => {
      running = null;
      started = null;
    });
    if (stopped) search.stop();
    started = search;
    return search;
  }

  function start(): Promise<RunningSearch> {
    running ??= load().catch((error: unknown) => {
      running = null;
      throw error;
    });
    return running;
  }

  return {
    start,
    /** A message as it is stored, whoever wrote it. */
    arrived: (message: StoredMessage): void => started?.arrived(message),
    /** Messages before this place are over. */
    expired: (conversation: ConversationId, first: number): void => started?.expired(conversation, first),
    /** Much may have happened. */
    refresh: (): void => started?.refresh(),
    /** Records or keys of a conversation may have changed. */
    retry: (conversation: ConversationId): void => started?.retry(conversation),
    stop(): void {
      stopped = true;
      started?.stop();
    },
  };
}
