import { spawnSync } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import { BootError } from "../../boot-error.ts";

/**
 * Locks the data folder for this process: the kernel lets go when it ends, however it ends. `flock` locks
 * the open file that it inherits as descriptor 3; we keep that open, and no later child inherits it.
 *
 * @returns what releases the lock.
 * @throws BootError when another process holds it.
 */
export function lockFolder(flock: string, dataFolder: string): () => void {
  const descriptor = openSync(join(dataFolder, "lock"), "a", 0o600);
  const { status } = spawnSync(flock, ["--nonblock", "3"], {
    stdio: ["ignore", "ignore", "ignore", descriptor],
  });
  if (status !== 0) {
    closeSync(descriptor);
    throw new BootError(
      `Another Sceau is running on ${dataFolder}: stop it, or choose another folder with --data.`,
    );
  }
  return () => closeSync(descriptor);
}
