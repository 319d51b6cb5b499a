import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createConnection } from "mariadb";
import { pino } from "pino";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openPool, poolOptions } from "../connection.ts";
import { type EmbeddedDatabase, startEmbeddedDatabase } from "./embedded-database.ts";
import { readLogin } from "./login-file.ts";

const log = pino({ level: "silent" });
let base: string;
let running: EmbeddedDatabase[] = [];

beforeAll(() => {
  base = mkdtempSync(join(tmpdir(), "embedded-test-"));
});

afterEach(async () => {
  await Promise.all(running.map((database) => database.stop()));
  running = [];
});

afterAll(() => rmSync(base, { recursive: true, force: true }));

async function start(dataFolder: string): Promise<EmbeddedDatabase> {
  const database = await startEmbeddedDatabase({ dataFolder, bufferPoolMegabytes: 32, log });
  running.push(database);
  return database;
}

async function ask<T>(database: EmbeddedDatabase, sql: string): Promise<T> {
  const connection = await createConnection(poolOptions(database));
  try {
    return await connection.query<T>(sql);
  } finally {
    await connection.end();
  }
}

/** A process that has ended but was not yet collected by its new parent has no command line. */
function alive(pid: number): boolean {
  const file = `/proc/${pid}/cmdline`;
  return existsSync(file) && readFileSync(file, "utf8") !== "";
}

describe("startEmbeddedDatabase", () => {
  it("keeps what was written over a clean stop, in a folder for its owner only", async () => {
    const folder = join(base, "clean");
    const first = await start(folder);
    await ask(first, "CREATE TABLE kept (value INT)");
    await ask(first, "INSERT INTO kept VALUES (7)");
    await first.stop();
    expect(first.pid()).toBeNull();
    expect(readLogin(folder)).toBeNull();
    const second = await start(folder);
    expect(await ask(second, "SELECT value FROM kept")).toEqual([{ value: 7 }]);
    expect(second.password).not.toBe(first.password);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(readdirSync(folder).sort()).toEqual([
      "lock",
      "mariadb",
      "mariadb-tmp",
      "mariadb.lock",
      "mariadb.login",
      "mariadb.sock",
    ]);
    expect(statSync(join(folder, "mariadb.login")).mode & 0o777).toBe(0o600);
    expect(readLogin(folder)?.password).toBe(second.password);
    expect(readFileSync(join(folder, "mariadb", "error.log"), "utf8")).toContain("Shutdown complete");
  });

  it("has no account but its own, no network, and strict durable settings", async () => {
    const database = await start(join(base, "settings"));
    const [settings] = await ask<Record<string, unknown>[]>(
      database,
      `SELECT CURRENT_USER() AS user, @@skip_networking AS closed, @@innodb_flush_log_at_trx_commit AS durable,
        @@global.time_zone AS zone, @@global.sql_mode AS mode, @@character_set_server AS charset,
        @@innodb_immediate_scrub_data_uncompressed AS scrub`,
    );
    expect(settings).toMatchObject({
      user: "sceau@localhost",
      closed: 1,
      durable: 1,
      zone: "+00:00",
      charset: "utf8mb4",
      scrub: 1,
    });
    expect(settings?.mode).toContain("STRICT_ALL_TABLES");
    await expect(createConnection({ socketPath: database.socketPath, user: "root" })).rejects.toThrow(
      /Access denied/,
    );
    await expect(createConnection({ ...database, password: "wrong" })).rejects.toThrow(/Access denied/);
    await expect(ask(database, "SELECT * FROM mysql.global_priv")).rejects.toThrow(/denied/);
  });

  it("refuses a folder in use with a sentence, and leaves its database alone", async () => {
    const folder = join(base, "twice");
    const first = await start(folder);
    await expect(start(folder)).rejects.toThrow(/Another Sceau is running on .*twice/);
    expect(await ask(first, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    expect(readLogin(folder)?.password).toBe(first.password);
  });

  it("uses a short socket path when the folder's is too long for one", async () => {
    const folder = join(base, "long".repeat(30));
    const database = await start(folder);
    expect(database.socketPath.length).toBeLessThan(100);
    expect(await ask(database, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    await database.stop();
    expect(existsSync(database.socketPath)).toBe(false);
  });

  it("removes what a killed bootstrap left", async () => {
    const folder = join(base, "half");
    mkdirSync(join(folder, "mariadb.new-abcdef", "mysql"), { recursive: true });
    await start(folder);
    expect(readdirSync(folder)).not.toContain("mariadb.new-abcdef");
  });

  it("brings mariadbd back when it is killed, and a pool opened before heals", async () => {
    const database = await start(join(base, "killed"));
    const pool = openPool(database, 2);
    await pool.query("CREATE TABLE kept (value INT)");
    await pool.query("INSERT INTO kept VALUES (1)");
    const before = database.pid() as number;
    process.kill(before, "SIGKILL");
    await expect.poll(() => database.pid() ?? before, { timeout: 15_000 }).not.toBe(before);
    await expect
      .poll(() => pool.query("SELECT value FROM kept").catch(String), { timeout: 10_000 })
      .toEqual([{ value: 1 }]);
    await pool.end();
  });

  it("dies with a parent killed by SIGKILL, and a start right after has all that was committed", async () => {
    const folder = join(base, "orphan");
    const { parent, pid } = await startInAnotherProcess(folder);
    parent.kill("SIGKILL");
    await once(parent, "exit");
    const database = await start(folder);
    expect(alive(pid)).toBe(false);
    expect(await ask(database, "SELECT value FROM kept")).toEqual([{ value: 7 }]);
  });

  it("survives a Ctrl-C aimed at the whole process group, until its parent stops it", async () => {
    const { parent, pid } = await startInAnotherProcess(join(base, "group"));
    process.kill(-(parent.pid as number), "SIGINT");
    await sleep(300);
    expect(alive(pid)).toBe(true);
    parent.kill("SIGKILL");
    await expect.poll(() => alive(pid), { timeout: 15_000 }).toBe(false);
  });
});

/** A parent of its own process group that ignores SIGINT, as a server busy with its shutdown does. */
async function startInAnotherProcess(folder: string): Promise<{ parent: ChildProcess; pid: number }> {
  const script = `
    import { createConnection } from "mariadb";
    import { pino } from "pino";
    import { startEmbeddedDatabase } from ${JSON.stringify(join(import.meta.dirname, "embedded-database.ts"))};
    process.on("SIGINT", () => {});
    const log = pino({ level: "silent" });
    const database = await startEmbeddedDatabase({ dataFolder: ${JSON.stringify(folder)}, bufferPoolMegabytes: 32, log });
    const connection = await createConnection(database);
    await connection.query("CREATE TABLE kept (value INT)");
    await connection.query("INSERT INTO kept VALUES (7)");
    process.stdout.write(String(database.pid()));
    setInterval(() => {}, 1000);`;
  const parent = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "--eval", script], {
    stdio: ["ignore", "pipe", "inherit"],
    detached: true,
  });
  const [pid] = await once(parent.stdout.setEncoding("utf8"), "data");
  return { parent, pid: Number(pid) };
}
