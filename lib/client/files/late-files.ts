import type { MessageId } from "../../base/ids.ts";
import type { RunningParts } from "../account/parts.ts";
import type { RunningFiles } from "./files.ts";

/** Files, whose code comes when the messenger rests or when somebody needs it. */
export function createLateFiles(parts: () => RunningParts) {
  let running: Promise<RunningFiles> | null = null;
  let started: RunningFiles | null = null;
  let stopped = false;

  async function load(): Promise<RunningFiles> {
    const { startFiles } = await import("./files.ts");
    const files = await startFiles(parts());
    if (stopped) files.stop();
    started = files;
    return files;
  }

  return {
    start(): Promise<RunningFiles> {
      running ??= load().catch((error: unknown) => {
        running = null;
        throw error;
      });
      return running;
    },
    /** The connection is back. */
    resume: (): void => void started?.resume().catch(() => {}),
    /** A message has left the outbox. */
    settle: (message: MessageId): void => void started?.settle(message).catch(() => {}),
    stop(): void {
      stopped = true;
      started?.stop();
    },
  };
}
