import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";

const ROOT = join(import.meta.dirname, "..", "..");
export const SCEAU = join(ROOT, "bin/sceau");

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

export interface CallOptions {
  readonly input?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
}

/** Ends with whatever the program does, as for a script. */
export async function call(home: string, args: readonly string[], options: CallOptions = {}): Promise<Ended> {
  const child = start(home, args, options.env);
  let out = "";
  let error = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    out += text;
  });
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    error += text;
  });
  child.stdin?.on("error", () => {});
  child.stdin?.end(options.input ?? "");
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { code, out, error };
}

/** What a command that must succeed prints with --json, one value a line. */
export async function ask(home: string, ...args: readonly string[]): Promise<Record<string, never>[]> {
  const { code, out, error } = await call(home, ["--json", ...args]);
  if (code !== 0) throw new Error(`sceau ${args.join(" ")} ended with ${code}: ${error}`);
  return lines(out);
}

export function lines(out: string): Record<string, never>[] {
  return out
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

/** One that runs on, with what it has printed so far. */
export interface Running {
  readonly child: ChildProcess;
  readonly printed: Record<string, never>[];
  /** Ends it and resolves when all it had printed is there. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

export function startReading(child: ChildProcess): Running {
  const printed: Record<string, never>[] = [];
  const read = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  read.on("line", (line) => {
    // What was cut off by the end of the process was never told.
    try {
      printed.push(JSON.parse(line));
    } catch {
      return;
    }
  });
  child.stderr?.resume();
  const closed = new Promise<number | null>((resolve) => child.once("close", resolve));
  return {
    child,
    printed,
    end(signal) {
      child.kill(signal);
      return closed;
    },
  };
}

export function start(home: string, args: readonly string[], env: CallOptions["env"] = {}): ChildProcess {
  return spawn(process.execPath, [SCEAU, ...args], { env: { ...process.env, SCEAU_HOME: home, ...env } });
}
