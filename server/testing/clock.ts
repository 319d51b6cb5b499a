import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";

/**
 * The time of the servers under test, which can be put forward: what would be waited for comes at once. Browsers and
 * devices keep the machine's time; a few minutes between them and a server are ordinary.
 */

const PRELOAD = join(import.meta.dirname, "clock-preload.mjs");
const running = new Set<ChildProcess>();
let ahead = 0;

/** Milliseconds since 1970, by the servers' clock. */
export function serverNow(): number {
  return Date.now() + ahead;
}

/** Puts the clock of every server that runs, and of those started later, forward. Resolves when they follow it. */
export async function putForward(milliseconds: number): Promise<void> {
  ahead += milliseconds;
  await Promise.all([...running].map(tell));
}

/** A Node process, its output piped, that follows this clock. */
export function spawnWithClock(
  args: readonly string[],
  options: { cwd: string; env: NodeJS.ProcessEnv },
): ChildProcess {
  const child = spawn(process.execPath, ["--import", PRELOAD, ...args], {
    cwd: options.cwd,
    env: { ...options.env, SCEAU_TEST_AHEAD: String(ahead) },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  // Neither the process nor the way to it keeps the tests from ending.
  child.channel?.unref();
  running.add(child);
  child.once("exit", () => running.delete(child));
  return child;
}

function tell(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    const follow = (answer: unknown): void => {
      if ((answer as { ahead: number }).ahead === ahead) done();
    };
    const done = (): void => {
      child.off("message", follow).off("exit", done);
      resolve();
    };
    child.on("message", follow).on("exit", done);
    child.send({ ahead });
  });
}
