import { spawnSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Pool } from "mariadb";
import { findProgram } from "../../scripts/setup/run.mjs";
import { openPool } from "../../server/database/connection.ts";
import { databasePid } from "../../server/testing/database-pid.ts";
import { startCluster } from "../../server/testing/node-cluster.ts";
import { type ServerProcess, startServer } from "../../server/testing/server-process.ts";
import { withDatabase } from "../security/support/data-folder.ts";

/** What runs beside the devices, and what can be done to it. */
export interface Machines {
  /** As devices know the server. */
  readonly front: ServerProcess;
  readonly filesFolder: string;
  /** Each takes the thing away for so long, and resolves when it is back. */
  readonly faults: Readonly<Record<string, (milliseconds: number) => Promise<void>>>;
  /** What cannot be tried here, in words. */
  readonly leftOut: readonly string[];
  /** Of all servers, since the last call. */
  complaints(): string[];
  /** Asks the servers to stop, looks, and starts them again. @throws when one does not end with 0 */
  whileStopped<T>(look: (pool: Pool) => Promise<T>): Promise<T>;
  dispose(): Promise<void>;
}

/** Room for MariaDB's own files and what a round writes. */
const DISK_MEGABYTES = 512;
const START_AGAIN_MS = 500;
const LOOK_EVERY_MS = 100;

/** One server as people run it, with a database of its own. @param smallDisk whether its disk can be full, where that can be had */
export async function oneServer(smallDisk: boolean): Promise<Machines> {
  const dataFolder = mkdtempSync(join(tmpdir(), "sceau-proof-"));
  const disk = smallDisk ? mountSmallDisk(dataFolder) : null;
  // Files leave more free on their disk than the small one has.
  const filesFolder = mkdtempSync(join(tmpdir(), "sceau-proof-files-"));
  const env = { SCEAU_FILES: filesFolder };
  let server = await startServer({ dataFolder, env }).catch((error) => {
    disk?.unmount();
    throw error;
  });
  const heard = createListener(() => [server]);

  /** As whatever runs it does: what cannot start on a full disk is started once more. */
  async function startAgain(killed: ServerProcess): Promise<ServerProcess> {
    for (;;) {
      const began = Date.now();
      try {
        return await killed.restart();
      } catch (error) {
        if (!disk || began > disk.freeSince()) throw error;
        await sleep(START_AGAIN_MS);
      }
    }
  }

  return {
    front: server,
    filesFolder,
    leftOut: disk ? [] : ["a full disk (needs root and the right to mount)"],
    faults: {
      async "server killed"(milliseconds) {
        await server.kill("SIGKILL");
        heard.take(server);
        await sleep(milliseconds);
        server = await startAgain(server);
      },
      async "server halted"(milliseconds) {
        await halt(server.pid, milliseconds);
      },
      async "database killed"() {
        signal(databasePid(dataFolder), "SIGKILL");
      },
      async "database halted"(milliseconds) {
        await halt(databasePid(dataFolder), milliseconds);
      },
      // Also where it cannot be: with the same seed, everybody else's round is the same.
      async "disk full"(milliseconds) {
        disk?.fill();
        await sleep(milliseconds);
        disk?.free();
      },
    },
    complaints: heard.complaints,
    async whileStopped(look) {
      const code = await server.kill("SIGTERM");
      heard.take(server);
      if (code !== 0) throw new Error(`asked to stop, the server ended with ${code}`);
      try {
        return await withDatabase(dataFolder, look);
      } finally {
        server = await server.restart();
      }
    },
    async dispose() {
      await server.kill("SIGTERM");
      disk?.unmount();
      for (const folder of [dataFolder, filesFolder]) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Two nodes behind nginx, with Redis and one database. @throws when the programs are not there */
export async function twoNodes(): Promise<Machines> {
  const [redis, nginx] = [findProgram("redis-server"), findProgram("nginx")];
  if (!redis || !nginx) throw new Error("two nodes need the programs redis-server and nginx");
  const cluster = await startCluster({ redis, nginx });
  const { nodes } = cluster;
  const heard = createListener(() => nodes);
  const restarting = new Map<number, Promise<void>>();
  /** Whoever comes while it is away waits for the same return. */
  function restart(at: number, milliseconds: number): Promise<void> {
    const under = restarting.get(at) ?? killAndStart(at, milliseconds).finally(() => restarting.delete(at));
    restarting.set(at, under);
    return under;
  }
  async function killAndStart(at: number, milliseconds: number): Promise<void> {
    const node = nodes[at] as ServerProcess;
    await node.kill("SIGKILL");
    heard.take(node);
    await sleep(milliseconds);
    nodes[at] = await node.restart();
  }
  return {
    front: cluster.front,
    filesFolder: cluster.filesFolder,
    leftOut: ["a full disk (tried with one node)"],
    faults: {
      "first node killed": (milliseconds) => restart(0, milliseconds),
      "second node killed": (milliseconds) => restart(1, milliseconds),
      async "both nodes killed"(milliseconds) {
        await Promise.all([restart(0, milliseconds), restart(1, milliseconds)]);
      },
      async "database killed"() {
        signal(databasePid(cluster.dataFolder), "SIGKILL");
      },
      async "Redis killed"(milliseconds) {
        await cluster.redis.kill();
        await sleep(milliseconds);
        await cluster.redis.start();
      },
      async "nginx killed"(milliseconds) {
        await cluster.nginx.kill();
        await sleep(milliseconds);
        await cluster.nginx.start();
      },
      "first node halted": (milliseconds) => halt((nodes[0] as ServerProcess).pid, milliseconds),
      "second node halted": (milliseconds) => halt((nodes[1] as ServerProcess).pid, milliseconds),
      "database halted": (milliseconds) => halt(databasePid(cluster.dataFolder), milliseconds),
      "Redis halted": (milliseconds) => halt(cluster.redis.pid(), milliseconds),
    },
    complaints: heard.complaints,
    async whileStopped(look) {
      for (const node of nodes) {
        const code = await node.kill("SIGTERM");
        heard.take(node);
        if (code !== 0) throw new Error(`asked to stop, a node ended with ${code}`);
      }
      const pool = openPool(cluster.database, 2);
      try {
        return await look(pool);
      } finally {
        await pool.end();
        for (const [at, node] of nodes.entries()) nodes[at] = await node.restart();
        await untilLedThrough(cluster.front.origin);
      }
    },
    dispose: cluster.dispose,
  };
}

/** Where both were away, nginx believes in neither for two seconds. */
async function untilLedThrough(origin: string): Promise<void> {
  const isLed = () =>
    fetch(`${origin}/api/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
  while (!(await isLed())) await sleep(LOOK_EVERY_MS);
}

async function halt(pid: number | null, milliseconds: number): Promise<void> {
  signal(pid, "SIGSTOP");
  await sleep(milliseconds);
  signal(pid, "SIGCONT");
}

/** Another fault may have ended it already. */
function signal(pid: number | null, name: NodeJS.Signals): void {
  try {
    if (pid !== null) process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** What no fault excuses, in the servers' own words. */
const COMPLAINT = /request failed|uncaughtException|unhandledRejection|"level":"fatal"|start failed/;
/** The connector's own promise, which nobody holds (`server/database/connection.ts`): Next prints it before it is let pass. */
const EXCUSED = /Error setting session variable/;

function createListener(running: () => readonly ServerProcess[]) {
  const said: string[] = [];
  const seen = new WeakMap<ServerProcess, number>();
  function take(server: ServerProcess): void {
    const output = server.output();
    said.push(
      ...output
        .slice(seen.get(server) ?? 0)
        .split("\n")
        .filter((line) => COMPLAINT.test(line) && !EXCUSED.test(line)),
    );
    seen.set(server, output.length);
  }
  return {
    take,
    complaints(): string[] {
      for (const server of running()) take(server);
      return said.splice(0);
    },
  };
}

/** In memory, and so small that it is soon full; null where that must not be mounted. */
function mountSmallDisk(folder: string) {
  const ballast = join(folder, "ballast");
  const options = ["-t", "tmpfs", "-o", `size=${DISK_MEGABYTES}m,mode=700`, "tmpfs", folder];
  if (process.getuid?.() !== 0 || spawnSync("mount", options).status !== 0) return null;
  let freeSince = Date.now();
  return {
    fill(): void {
      freeSince = Number.POSITIVE_INFINITY;
      const file = openSync(ballast, "a");
      const block = Buffer.alloc(64 * 1024);
      try {
        for (;;) writeSync(file, block);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
      } finally {
        closeSync(file);
      }
    },
    free(): void {
      rmSync(ballast, { force: true });
      freeSince = Date.now();
    },
    /** Milliseconds since 1970; infinite while it is full. */
    freeSince: () => freeSince,
    unmount: () => void spawnSync("umount", ["-l", folder]),
  };
}
