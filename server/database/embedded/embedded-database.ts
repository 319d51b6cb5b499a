import { randomBytes } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Log } from "../../log.ts";
import { bootstrapDatabase } from "./bootstrap.ts";
import { lockFolder } from "./folder-lock.ts";
import { removeLogin, writeLogin } from "./login-file.ts";
import { requirePrograms } from "./programs.ts";
import { type Login, type ServerOptions, type ServerProcess, startServerProcess } from "./server-process.ts";

/** A private MariaDB in the data folder: fits `openPool` as a target. */
export interface EmbeddedDatabase extends Login {
  /** The running mariadbd, null while it is being brought back. */
  pid(): number | null;
  /** Shuts it down in order and releases the data folder; calls after the first wait for the same. */
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  readonly dataFolder: string;
  readonly bufferPoolMegabytes: number;
  readonly log: Log;
}

/** A Unix socket's path has 108 bytes (unix(7)); beyond, connecting fails without a useful word. */
const MAX_SOCKET_PATH = 100;
const STOP_TIMEOUT_MS = 60_000;

/**
 * Bootstraps on first use, starts, and resolves when it can be logged in to. When mariadbd dies it is
 * brought back, with the same socket and password, so that a pool opened on it heals by itself.
 *
 * @throws BootError when another Sceau holds the data folder, or mariadbd is missing or does not start.
 */
export async function startEmbeddedDatabase(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const { dataFolder, bufferPoolMegabytes, log } = options;
  const programs = requirePrograms();
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  chmodSync(dataFolder, 0o700);
  const unlock = lockFolder(programs.flock, dataFolder);
  const socket = chooseSocket(dataFolder);
  const release = () => {
    removeLogin(dataFolder);
    socket.remove();
    unlock();
  };
  const login: Login = {
    socketPath: socket.path,
    user: "sceau",
    password: randomBytes(24).toString("base64url"),
    database: "sceau",
  };
  try {
    await bootstrapDatabase(programs, join(dataFolder, "mariadb"));
    const keeper = await keepRunning({ programs, dataFolder, login, bufferPoolMegabytes }, log);
    let stopped: Promise<void> | undefined;
    writeLogin(dataFolder, login);
    return {
      ...login,
      pid: keeper.pid,
      stop() {
        stopped ??= keeper.stop().then(release);
        return stopped;
      },
    };
  } catch (error) {
    release();
    throw error;
  }
}

function chooseSocket(dataFolder: string): { readonly path: string; remove(): void } {
  const path = join(dataFolder, "mariadb.sock");
  if (Buffer.byteLength(path) < MAX_SOCKET_PATH) return { path, remove: () => {} };
  const folder = mkdtempSync(join(tmpdir(), "sceau-"));
  return {
    path: join(folder, "mariadb.sock"),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Restarts at once after a first death, then ever more slowly, up to every five seconds. */
async function keepRunning(
  options: ServerOptions,
  log: Log,
): Promise<{ pid(): number | null; stop(): Promise<void> }> {
  const stopping = new AbortController();
  let current: ServerProcess | null = await startServerProcess(options);

  async function keep(): Promise<void> {
    let delay = 0;
    while (current) {
      const startedAt = Date.now();
      await current.ended;
      current = null;
      if (Date.now() - startedAt > 30_000) delay = 0;
      while (!current && !stopping.signal.aborted) {
        log.error({ delay }, "the database ended by itself and is being restarted");
        await sleep(delay, undefined, { signal: stopping.signal }).catch(() => {});
        if (stopping.signal.aborted) return;
        delay = Math.min(delay * 2 || 100, 5_000);
        try {
          current = await startServerProcess(options);
          log.info({ pid: current.pid }, "the database is back");
        } catch (error) {
          log.error({ err: error }, "the database did not come back");
        }
      }
      if (stopping.signal.aborted) await terminate(current);
    }
  }

  const kept = keep();
  return {
    pid: () => current?.pid ?? null,
    async stop() {
      stopping.abort();
      await terminate(current);
      await kept;
    },
  };
}

async function terminate(server: ServerProcess | null): Promise<void> {
  if (!server) return;
  server.terminate();
  const timer = setTimeout(() => server.kill(), STOP_TIMEOUT_MS);
  await server.ended;
  clearTimeout(timer);
}
