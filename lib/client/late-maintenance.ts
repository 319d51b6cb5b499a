import type { RunningParts } from "./account/parts.ts";

/** Keys are looked after once the messenger is there: none of it is needed to read and write. */
export function createLateMaintenance(parts: () => RunningParts) {
  let stop = () => {};
  let stopped = false;

  return {
    /** Again when something has changed. */
    start(): void {
      parts().platform.whenIdle(async () => {
        try {
          const { startMaintenance } = await import("./maintenance.ts");
          stop();
          if (!stopped) stop = startMaintenance(parts());
        } catch {
          // Not loaded: the next start tries again.
        }
      });
    },

    stop(): void {
      stopped = true;
      stop();
    },
  };
}
