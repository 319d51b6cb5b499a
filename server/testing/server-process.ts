import type { ChildProcess } from "node:child_process";
import { randomInt } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { spawnWithClock } from "./clock.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const CHEAP_PASSWORDS = `--import ${join(import.meta.dirname, "cheap-passwords.mjs")}`;
const READY_MS = 90_000;

export interface ServerProcess {
  readonly origin: string;
  readonly port: number;
  /** Of the Node process; its database is a child of it. */
  readonly pid: number;
  readonly dataFolder: string;
  /** The one-time token of the printed link; null once the administrator exists. */
  readonly firstRunToken: string | null;
  /** Everything printed so far. */
  output(): string;
  /** Ends with this signal and resolves to the exit code (null after SIGKILL). */
  kill(signal: "SIGTERM" | "SIGINT" | "SIGKILL"): Promise<number | null>;
  /** Starts again on the same port and data. */
  restart(): Promise<ServerProcess>;
  /** Stops it and removes its data. */
  dispose(): Promise<void>;
}

export interface ServerOptions {
  readonly dataFolder?: string;
  readonly port?: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  /** Real ones take a quarter of a second of a core each: for what is measured. */
  readonly passwords?: "cheap" | "real";
  /** False for what is measured: it then says no more than people's servers do. */
  readonly debug?: boolean;
}

/** The built server as a process of its own, with a database of its own: what people run, and what can be killed. */
export async function startServer(options: ServerOptions = {}): Promise<ServerProcess> {
  const dataFolder = options.dataFolder ?? (await mkdtemp(join(tmpdir(), "sceau-test-")));
  const port = options.port ?? (await freePort());
  const origin = `http://localhost:${port}`;
  const args = [
    "dist/server.mjs",
    "--data",
    dataFolder,
    "--port",
    String(port),
    ...(options.debug === false ? [] : ["--debug"]),
    ...(options.args ?? []),
  ];
  const cheap = options.passwords === "real" ? "" : CHEAP_PASSWORDS;
  const NODE_OPTIONS = `${options.env?.NODE_OPTIONS ?? ""} ${cheap}`;
  const child = spawnWithClock(args, {
    cwd: ROOT,
    env: {
      ...process.env,
      NODE_ENV: "production",
      SCEAU_DATABASE_MEMORY: "64",
      ...options.env,
      NODE_OPTIONS,
    },
  });
  // Whoever is broken off while one starts could not end it otherwise.
  const endWithUs = () => void child.kill("SIGKILL");
  process.once("exit", endWithUs);
  child.once("exit", () => process.off("exit", endWithUs));
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  await untilReady(child, `http://127.0.0.1:${port}/api/ready`, () => output);

  const server: ServerProcess = {
    origin,
    port,
    pid: child.pid ?? 0,
    dataFolder,
    firstRunToken: /#token=([\w-]{43})/.exec(output)?.[1] ?? null,
    output: () => output,
    kill: (signal) => end(child, signal),
    async restart() {
      await end(child, "SIGTERM");
      return startServer({ ...options, dataFolder, port });
    },
    async dispose() {
      await end(child, "SIGTERM");
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
  return server;
}

async function untilReady(child: ChildProcess, url: string, output: () => string): Promise<void> {
  const deadline = Date.now() + READY_MS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}:\n${output()}`);
    const ready = await fetch(url).then(
      (response) => response.ok,
      () => false,
    );
    if (ready && output().includes(" is at http")) return;
    await sleep(50);
  }
  child.kill("SIGKILL");
  throw new Error(`the server is not ready after ${READY_MS} ms:\n${output()}`);
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill(signal);
    await ended;
  }
  return child.exitCode;
}

/**
 * On loopback, free now, and below those that systems give to outgoing connections: one of these could take the place
 * of a server that is away for a moment.
 */
export async function freePort(): Promise<number> {
  const port = randomInt(10_000, 32_000);
  return (await isFree(port)) ? port : freePort();
}

function isFree(port: number): Promise<boolean> {
  const probe = createServer();
  return new Promise((resolve) => {
    probe.once("error", () => resolve(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
  });
}
