import { type ChildProcess, execFileSync, fork } from "node:child_process";
import { availableParallelism } from "node:os";
import { join } from "node:path";

/** Server, database and what they are measured beside have the first core, whatever makes the load the other. */
export const CORE = { server: 0, load: 1 } as const;

const pinned = availableParallelism() > 1;

/** Inherited by what is started from here on. */
export function pin(core: number, pid = process.pid): void {
  if (pinned) execFileSync("taskset", ["-apc", String(core), String(pid)], { stdio: "ignore" });
}

/** A program of bench/load, on that core. This process itself stays where the server is. */
export function startPinned(file: string, core: number, ...args: string[]): ChildProcess {
  pin(core);
  const child = fork(join(import.meta.dirname, "..", "load", file), args, { execArgv: ["--import", "tsx"] });
  pin(CORE.server);
  return child;
}

/** The next thing it says. */
export const heard = <T>(child: ChildProcess) =>
  new Promise<T>((resolve, reject) => {
    const ended = (code: number | null) => reject(new Error(`ended with ${code}`));
    child.once("exit", ended);
    child.once("message", (message) => {
      child.off("exit", ended);
      resolve(message as T);
    });
  });

/** Runs a program of bench/load that is told one thing and answers one. */
export async function tellAndHear<T>(file: string, core: number, message: object): Promise<T> {
  const child = startPinned(file, core);
  child.send(message);
  try {
    return await heard<T>(child);
  } finally {
    child.kill();
  }
}
