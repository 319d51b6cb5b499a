import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createConnection } from "mariadb";
import { BootError } from "../../boot-error.ts";
import { endingWithUs } from "./ending-with-us.ts";
import type { Programs } from "./programs.ts";
import { serverArguments } from "./server-arguments.ts";

export interface Login {
  readonly socketPath: string;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

export interface ServerProcess {
  readonly pid: number;
  /** Resolves when it has ended. */
  readonly ended: Promise<void>;
  terminate(): void;
  kill(): void;
}

export interface ServerOptions {
  readonly programs: Programs;
  readonly dataFolder: string;
  readonly login: Login;
  readonly bufferPoolMegabytes: number;
}

/** One killed a moment ago may still be flushing; InnoDB needs seconds for that, not minutes. */
const WAIT_FOR_PREDECESSOR_SECONDS = 20;
const LOCKED_EXIT_CODE = 75;
/** Long: after a crash InnoDB replays its log before it lets anybody in. */
const READY_TIMEOUT_MS = 300_000;

/**
 * Starts mariadbd and resolves when `login` works.
 *
 * It holds a lock file of its own as long as it lives, dies with this process (even on SIGKILL), and sits in
 * a session of its own, so that Ctrl-C in the terminal reaches the server alone, which then stops it in order.
 *
 * @throws BootError when it ends before that; its errors are in the message.
 */
export async function startServerProcess(options: ServerOptions): Promise<ServerProcess> {
  const { programs, dataFolder, login } = options;
  const folder = join(dataFolder, "mariadb");
  const initFile = join(dataFolder, "mariadb-init.sql");
  const logFile = join(folder, "error.log");
  const logStart = statSync(logFile, { throwIfNoEntry: false })?.size ?? 0;
  writeFileSync(initFile, accountStatements(login), { mode: 0o600 });
  const output = openSync(logFile, "a", 0o600);
  const [program, ...before] = endingWithUs(programs.setpriv);
  const child = spawn(
    program,
    [
      ...before,
      ...[programs.flock, "--no-fork", "--wait", `${WAIT_FOR_PREDECESSOR_SECONDS}`],
      ...["--conflict-exit-code", `${LOCKED_EXIT_CODE}`, join(dataFolder, "mariadb.lock")],
      programs.mariadbd,
      ...serverArguments({
        folder,
        socketPath: login.socketPath,
        initFile,
        bufferPoolMegabytes: options.bufferPoolMegabytes,
      }),
    ],
    { stdio: ["ignore", output, output], detached: true },
  );
  closeSync(output);
  const ended = once(child, "exit").then(
    () => {},
    () => {},
  );
  try {
    await requireReady(child, login);
  } catch (error) {
    child.kill("SIGKILL");
    if (child.exitCode === LOCKED_EXIT_CODE) {
      throw new BootError(
        `A MariaDB still runs on ${folder}: stop it (its process id is in mariadbd.pid), then start again.`,
      );
    }
    const words = readFileSync(logFile, "utf8").slice(logStart).split("\n");
    const errors = words.filter((line) => line.includes("[ERROR]")).slice(0, 3);
    throw new BootError([`MariaDB did not start; see ${logFile}.`, ...errors].join(" "), { cause: error });
  } finally {
    rmSync(initFile, { force: true });
  }
  return {
    // Known: it has been logged in to.
    pid: child.pid as number,
    ended,
    terminate: () => child.kill("SIGTERM"),
    kill: () => child.kill("SIGKILL"),
  };
}

/** The password is base64url and the names are ours: nothing to escape. One statement a line, as mariadbd wants. */
function accountStatements({ user, password, database }: Login): string {
  return [
    `CREATE DATABASE IF NOT EXISTS ${database};`,
    `CREATE OR REPLACE USER ${user}@localhost IDENTIFIED BY '${password}';`,
    `GRANT ALL PRIVILEGES ON ${database}.* TO ${user}@localhost;`,
    "",
  ].join("\n");
}

async function requireReady(child: ChildProcess, login: Login): Promise<void> {
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (child.exitCode === null && child.signalCode === null && Date.now() < deadline) {
    try {
      const connection = await createConnection({ ...login, connectTimeout: 1_000 });
      await connection.end();
      return;
    } catch {
      await sleep(25);
    }
  }
  throw new Error(`ended with ${child.exitCode ?? child.signalCode ?? "no answer"}`);
}
