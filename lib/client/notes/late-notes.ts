import type { RunningParts } from "../account/parts.ts";
import type { RunningNotes } from "./notes.ts";

/** What one keeps for oneself, whose code comes when the messenger rests or when somebody needs it. */
export function createLateNotes(parts: () => RunningParts) {
  let running: Promise<RunningNotes> | null = null;
  let stopped = false;

  async function load(): Promise<RunningNotes> {
    const { startNotes } = await import("./notes.ts");
    const notes = await startNotes(parts());
    if (stopped) notes.stop();
    return notes;
  }

  return {
    start(): Promise<RunningNotes> {
      running ??= load().catch((error: unknown) => {
        running = null;
        throw error;
      });
      return running;
    },
    stop(): void {
      stopped = true;
      running?.then((notes) => notes.stop()).catch(() => {});
    },
  };
}
