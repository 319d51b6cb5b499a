import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Pool } from "mariadb";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openPool, openWriter, poolOptions, SQL_MODE } from "./connection.ts";
import { type EmbeddedDatabase, startEmbeddedDatabase } from "./embedded/embedded-database.ts";
import { isAway } from "./faults.ts";
import { createLeases } from "./leases.ts";
import { inTransaction, thenCommit } from "./transaction.ts";

let base: string;
let database: EmbeddedDatabase;
let pool: Pool;
const servers: Server[] = [];

beforeAll(async () => {
  base = mkdtempSync(join(tmpdir(), "connection-test-"));
  database = await startEmbeddedDatabase({
    dataFolder: base,
    bufferPoolMegabytes: 32,
    log: pino({ level: "silent" }),
  });
  pool = openPool(database, 3);
  await pool.query("CREATE TABLE sample (big BIGINT, small TINYINT, word VARCHAR(3), moment DATETIME(3))");
});

afterAll(async () => {
  await pool.end();
  for (const server of servers) server.close();
  await database.stop();
  rmSync(base, { recursive: true });
});

describe("openPool", () => {
  it("keeps a moment as it is, in UTC, to the millisecond", async () => {
    // Europe/Paris skipped this hour: a zone other than UTC would show.
    const moment = new Date("2026-03-29T02:30:15.123Z");
    await pool.query("INSERT INTO sample (moment) VALUES (?)", [moment]);
    const [row] = await pool.query(
      "SELECT moment, CAST(moment AS CHAR) AS text FROM sample WHERE moment IS NOT NULL",
    );
    expect(row).toEqual({ moment, text: "2026-03-29 02:30:15.123" });
    const [{ now }] = await pool.query("SELECT NOW(3) AS now");
    expect(Math.abs(now.getTime() - Date.now())).toBeLessThan(60_000);
  });

  it("gives BIGINT as a number, and refuses one that would be rounded", async () => {
    await pool.query("INSERT INTO sample (big) VALUES (?)", [Number.MAX_SAFE_INTEGER]);
    expect(await pool.query("SELECT big FROM sample WHERE big IS NOT NULL")).toEqual([
      { big: Number.MAX_SAFE_INTEGER },
    ]);
    await expect(pool.query("SELECT CAST(9007199254740993 AS SIGNED) AS big")).rejects.toThrow(/safe/);
  });

  it("refuses what does not fit instead of cutting it", async () => {
    await expect(pool.query("INSERT INTO sample (word) VALUES ('four')")).rejects.toThrow(/too long/);
    await expect(pool.query("INSERT INTO sample (small) VALUES (128)")).rejects.toThrow(/range/);
    await expect(pool.query("INSERT INTO sample (moment) VALUES ('2026-02-30')")).rejects.toThrow(
      /Incorrect datetime/,
    );
  });
});

describe("openWriter", () => {
  it("holds nothing back that was committed, and nothing that was not, on whatever connection it has by then", async () => {
    const writer = openWriter(database);
    const words = async () =>
      (await pool.query("SELECT word FROM sample WHERE word IS NOT NULL ORDER BY word")).map(
        ({ word }: { word: string }) => word,
      );
    const write = (word: string, fail = false) =>
      thenCommit(writer, async (connection) => {
        await connection.execute("INSERT INTO sample (word) VALUES (?)", [word]);
        expect(await words()).not.toContain(word);
        if (fail) throw new Error("refused");
      });
    await write("a");
    await expect(write("b", true)).rejects.toThrow("refused");
    await write("c");
    expect(await words()).toEqual(["a", "c"]);
    const [{ id }] = await writer.query("SELECT CONNECTION_ID() AS id");
    await pool.query("KILL CONNECTION ?", [id]);
    await expect
      .poll(() =>
        write("d").then(
          () => true,
          () => false,
        ),
      )
      .toBe(true);
    await expect(write("e", true)).rejects.toThrow("refused");
    expect(await words()).toEqual(["a", "c", "d"]);
    await writer.end();
  });

  it("waits for a row that somebody else has locked for seconds, not for a minute", async () => {
    const writer = openWriter(database);
    await pool.query("CREATE TABLE head (id INT PRIMARY KEY, seq INT)");
    await pool.query("INSERT INTO head VALUES (1, 0)");
    const other = await pool.getConnection();
    await other.beginTransaction();
    await other.query("SELECT seq FROM head WHERE id = 1 FOR UPDATE");
    const [waiting] = await Promise.allSettled([writer.query("UPDATE head SET seq = 1 WHERE id = 1")]);
    expect(waiting).toMatchObject({ status: "rejected", reason: { code: "ER_LOCK_WAIT_TIMEOUT" } });
    await other.rollback();
    await other.release();
    await writer.end();
  });
});

/** The embedded database over TCP, as an external one is reached; `onData` may spoil the client's stream. */
async function listenOnTcp(onData: (data: Buffer, client: Socket) => void = () => {}): Promise<URL> {
  const server = createServer((client) => {
    const upstream = connect(database.socketPath);
    client.on("data", (data) => onData(data, client));
    client.on("error", () => {}).on("close", () => upstream.destroy());
    upstream.on("error", () => {}).on("close", () => client.destroy());
    client.pipe(upstream).pipe(client);
  });
  servers.push(server.listen(0, "127.0.0.1"));
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return new URL(`mysql://${database.user}:${database.password}@127.0.0.1:${port}/${database.database}`);
}

describe("a machine that vanishes", () => {
  it("keeps what it locked for seconds, wherever the database is", async () => {
    const external = openPool(await listenOnTcp(), 1);
    const writer = openWriter(await listenOnTcp());
    for (const sessions of [pool, external, writer]) {
      const [{ seconds }] = await sessions.query("SELECT @@idle_transaction_timeout AS seconds");
      expect(seconds).toBe(10);
    }
    await writer.end();
    const left = await inTransaction(external, async (connection) => {
      await connection.query("SET idle_transaction_timeout = 1");
      await connection.query("INSERT INTO sample (word) VALUES ('t')");
      await expect.poll(() => pool.query("SELECT 1 FROM sample WHERE word = 't' FOR UPDATE")).toEqual([]);
      await connection.query("INSERT INTO sample (word) VALUES ('u')");
    }).catch((error) => error);
    expect([left, isAway(left)]).toEqual([expect.any(Error), true]);
    await external.end();
  });

  it("is waited for by a commit until its time is over, and what it stored is known by then", async () => {
    let silent = true;
    const writer = openWriter(
      await listenOnTcp((data, client) => silent && data.includes("COMMIT") && client.cork()),
    );
    const write = (word: string) =>
      thenCommit(
        writer,
        (connection) => connection.execute("INSERT INTO sample (word) VALUES (?)", [word]),
        5_000,
      );
    const lost = await write("x").catch((error) => error);
    expect(lost).toMatchObject({ code: "ER_SOCKET_TIMEOUT" });
    expect(isAway(lost)).toBe(true);
    silent = false;
    await write("y");
    const rows: { word: string }[] = await pool.query("SELECT word FROM sample WHERE word IN ('x', 'y')");
    expect(rows.map(({ word }) => word).sort()).toEqual(["x", "y"]);
    await writer.end();
  });

  it("holds a lease for no longer than it may be silent, and one that lives for as long as it works", async () => {
    let silent = false;
    const far = openPool(await listenOnTcp((_, client) => silent && client.unpipe()), 1);
    const near = openPool(database, 1);
    const other = createLeases(near, 4);
    const taken: string[] = [];
    const take = () => other.exclusively("work", async () => void taken.push("other"));
    const work = createLeases(far, 4).exclusively("work", async () => {
      await sleep(6_000);
      await take();
      expect(taken).toEqual([]);
      silent = true;
      await expect.poll(() => take().then(() => taken.length), { timeout: 20_000 }).toBe(1);
    });
    await expect(work).rejects.toMatchObject({ fatal: true });
    const [{ seconds }] = await near.query("SELECT @@wait_timeout AS seconds");
    expect(seconds).toBeGreaterThan(60);
    await Promise.all([near.end(), far.end()]);
  });
});

describe("an external database", () => {
  it("is told strict mode and UTC for each session", async () => {
    let sent = "";
    const external = openPool(
      await listenOnTcp((data) => {
        sent += data.toString("latin1");
      }),
      2,
    );
    await expect(external.query("INSERT INTO sample (word) VALUES ('four')")).rejects.toThrow(/too long/);
    await external.end();
    expect(sent).toContain(`set @@sql_mode='${SQL_MODE}',@@time_zone='+00:00',`);
  });
});

/** Each waits for as long as a pool gives a connection: at the same time. */
describe.concurrent("a database that cannot be talked to", () => {
  it("that does not answer fails with a code, within seconds", async () => {
    const nowhere = openPool(new URL("mysql://sceau:word@127.0.0.1:9/sceau"), 2);
    await expect(nowhere.query("SELECT 1")).rejects.toMatchObject({ code: "ER_GET_CONNECTION_TIMEOUT" });
    await nowhere.end();
  });

  it("that has no TLS is not talked to without it when the URL asks for it", async () => {
    const url = await listenOnTcp();
    url.search = "?ssl=true";
    const external = openPool(url, 2);
    await expect(external.query("SELECT 1")).rejects.toMatchObject({ code: "ER_GET_CONNECTION_TIMEOUT" });
    await external.end();
  });

  it("that breaks while a session is set up gives a coded error and does not end the process", async () => {
    const url = await listenOnTcp((data, client) => data.includes("sql_mode") && client.destroy());
    const script = `
      import { openPool } from ${JSON.stringify(join(import.meta.dirname, "connection.ts"))};
      const pool = openPool(new URL(${JSON.stringify(url.href)}), 2);
      await pool.query("SELECT 1").catch(({ code }) => process.stdout.write(code));
      await pool.end();`;
    const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "--eval", script]);
    let output = "";
    child.stdout.on("data", (text) => {
      output += text;
    });
    const [code] = await once(child, "close");
    expect([output, code]).toEqual(["ER_GET_CONNECTION_TIMEOUT", 0]);
  });
});

describe("poolOptions of a DATABASE_URL", () => {
  it("decodes its parts and sets strict mode and UTC for each session", () => {
    expect(poolOptions(new URL("mariadb://us%40er:p%3Ass@[::1]:3307/cha%74"))).toMatchObject({
      host: "::1",
      port: 3307,
      user: "us@er",
      password: "p:ss",
      database: "chat",
      sessionVariables: { time_zone: "+00:00", sql_mode: expect.stringContaining("STRICT_ALL_TABLES") },
    });
  });

  it("turns on TLS with the system's authorities or a file's", () => {
    const file = join(base, "ca.pem");
    writeFileSync(file, "a certificate");
    const at = (query: string) => poolOptions(new URL(`mysql://u:p@db/sceau${query}`));
    expect(at("")).not.toHaveProperty("ssl");
    expect(at("?ssl=true")).toMatchObject({ ssl: true });
    expect(at(`?ssl=${file}`)).toMatchObject({ ssl: { ca: "a certificate", minVersion: "TLSv1.2" } });
    expect(() => at("?ssl=/nowhere.pem")).toThrow(/nowhere\.pem cannot be read \(ENOENT\)/);
  });
});
