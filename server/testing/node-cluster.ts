import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { type AddressInfo, connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pino } from "pino";
import type { Config } from "../config.ts";
import type { DatabaseTarget } from "../database/connection.ts";
import { startEmbeddedDatabase } from "../database/embedded/embedded-database.ts";
import { freePort, type ServerProcess, startServer } from "./server-process.ts";

const EXAMPLE = join(import.meta.dirname, "..", "..", "deploy", "nginx-nodes.conf");

/** A program that can be killed and comes back at the same address. */
interface Killable {
  start(): Promise<void>;
  kill(): Promise<void>;
  /** Null while it does not run. */
  pid(): number | null;
}

/** Two nodes on one MariaDB, with Redis between them and nginx in front of them, all on loopback. */
export interface NodeCluster {
  /** As devices know the server: nginx. */
  readonly front: ServerProcess;
  /** Whoever restarts one puts the new one in its place. */
  readonly nodes: ServerProcess[];
  readonly redis: Killable;
  readonly nginx: Killable;
  readonly database: DatabaseTarget;
  /** Of the database. */
  readonly dataFolder: string;
  readonly filesFolder: string;
  /** Sockets and requests that a node holds open now. */
  connections(node: ServerProcess): number;
  dispose(): Promise<void>;
}

interface ClusterOptions {
  /** Puts into the database's data folder, before anything runs, what the nodes are to find there. */
  readonly prepare?: (dataFolder: string, secrets: Config["givenSecrets"], origin: string) => Promise<void>;
  /** As of a server: false for what is measured. */
  readonly debug?: boolean;
}

/** @param programs absolute paths of `redis-server` and `nginx` */
export async function startCluster(
  programs: { redis: string; nginx: string },
  { prepare, debug = true }: ClusterOptions = {},
): Promise<NodeCluster> {
  const folder = await mkdtemp(join(tmpdir(), "sceau-nodes-"));
  /** Of what runs already, the last one first: also where the next one does not come up. */
  const ends: (() => unknown)[] = [() => rm(folder, { recursive: true, force: true })];
  async function dispose(): Promise<void> {
    for (const end of ends.splice(0).toReversed()) await end();
  }
  try {
    return { ...(await startAll()), dispose };
  } catch (error) {
    await dispose();
    throw error;
  }

  async function startAll(): Promise<Omit<NodeCluster, "dispose">> {
    const log = pino({ level: "silent" });
    const dataFolder = join(folder, "db");
    const [redisPort, nginxPort, ...ports] = await Promise.all([
      freePort(),
      freePort(),
      freePort(),
      freePort(),
    ]);
    const redis = killable(programs.redis, [
      ...["--port", String(redisPort), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"],
      ...["--dir", folder],
    ]);
    const nginx = killable(programs.nginx, ["-p", folder, "-c", writeConfig(folder, nginxPort, ports)]);
    const key = () => randomBytes(32).toString("base64url");
    const secrets = { jwt: key(), pepper: `1:${key()}`, totp: `1:${key()}` };
    const origin = `http://localhost:${nginxPort}`;
    await prepare?.(dataFolder, secrets, origin);
    const database = await startEmbeddedDatabase({ dataFolder, bufferPoolMegabytes: 64, log });
    ends.push(() => database.stop());
    const door = await openDoor(database.socketPath);
    ends.push(() => door.server.close());
    const { user, password, database: name } = database;
    const env = {
      DATABASE_URL: `mysql://${user}:${password}@127.0.0.1:${door.port}/${name}`,
      REDIS_URL: `redis://127.0.0.1:${redisPort}`,
      SCEAU_PUBLIC_URL: origin,
      TRUSTED_PROXIES: "127.0.0.1",
      SCEAU_FILES: join(folder, "files"),
      JWT_SECRET: secrets.jwt,
      PASSWORD_PEPPER: secrets.pepper,
      TOTP_KEY: secrets.totp,
    };
    ends.push(redis.kill);
    await redis.start(redisPort);
    const nodes: ServerProcess[] = [];
    ends.push(() => Promise.all(nodes.map((node) => node.kill("SIGKILL"))));
    const start = async (at: 0 | 1) => {
      const node = join(folder, `node-${at + 1}`);
      nodes[at] = await startServer({ env, debug, port: ports[at] as number, dataFolder: node });
    };
    // The first link counts: a node that starts later makes another one.
    await start(0);
    await start(1);
    ends.push(nginx.kill);
    await nginx.start(nginxPort);
    return {
      front: { ...(nodes[1] as ServerProcess), origin, port: nginxPort },
      nodes,
      redis: { ...redis, start: () => redis.start(redisPort) },
      nginx: { ...nginx, start: () => nginx.start(nginxPort) },
      database,
      dataFolder,
      filesFolder: join(folder, "files"),
      connections: ({ port }) => establishedAt(port),
    };
  }
}

/** A private database listens on its socket alone; nodes reach another one by TCP. */
async function openDoor(socketPath: string): Promise<{ server: Server; port: number }> {
  const server = createServer((outside) => {
    const inside = connect(socketPath);
    for (const [from, to] of [
      [outside, inside],
      [inside, outside],
    ] as const) {
      from.pipe(to);
      from.on("error", () => to.destroy()).on("close", () => to.destroy());
    }
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return { server, port: (server.address() as AddressInfo).port };
}

/** The example that people are given, without its TLS. */
function writeConfig(folder: string, port: number, nodes: readonly number[]): string {
  const example = readFileSync(EXAMPLE, "utf8")
    .replace("listen 443 ssl;", `listen 127.0.0.1:${port};`)
    .replace(/^ *(ssl_certificate\S*|server_name) .*\n/gm, "")
    .replace("127.0.0.1:8081", `127.0.0.1:${nodes[0]}`)
    .replace("127.0.0.1:8082", `127.0.0.1:${nodes[1]}`);
  mkdirSync(join(folder, "nginx"));
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((kind) => `${kind}_temp_path ${folder}/nginx/${kind};`)
    .join("\n");
  const file = join(folder, "nginx", "nginx.conf");
  writeFileSync(
    file,
    `daemon off;\nmaster_process off;\npid ${folder}/nginx/pid;\nerror_log ${folder}/nginx/error.log;\nevents {}\nhttp {\naccess_log off;\n${temporary}\n${example}}\n`,
  );
  return file;
}

function killable(program: string, args: readonly string[]) {
  let child: ChildProcess | null = null;
  return {
    async start(port: number): Promise<void> {
      const started = spawn(program, args, { stdio: "ignore" });
      child = started;
      while (!(await answers(port))) {
        if (started.exitCode !== null || started.signalCode !== null)
          throw new Error(`${program} ended with ${started.exitCode ?? started.signalCode}`);
        await sleep(50);
      }
    },
    async kill(): Promise<void> {
      if (!child || child.exitCode !== null || child.signalCode !== null) return;
      const ended = new Promise((resolve) => child?.once("exit", resolve));
      child.kill("SIGKILL");
      await ended;
    },
    pid: () => (child?.exitCode === null && child.signalCode === null ? (child.pid ?? null) : null),
  };
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });
}

/** As the kernel has it: established connections of which this is the local port. */
function establishedAt(port: number): number {
  const local = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  return readFileSync("/proc/net/tcp", "utf8")
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter(([, address, , state]) => address?.endsWith(local) && state === "01").length;
}
