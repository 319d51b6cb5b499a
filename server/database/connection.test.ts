import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Pool } from "mariadb";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openPool, poolOptions } from "./connection.ts";
import { type EmbeddedDatabase, startEmbeddedDatabase } from "./embedded/embedded-database.ts";

let base: string;
let database: EmbeddedDatabase;
let pool: Pool;

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

  it("fails with a code, within seconds, when the database does not answer", async () => {
    const nowhere = openPool(new URL("mysql://sceau:word@127.0.0.1:9/sceau"), 2);
    await expect(nowhere.query("SELECT 1")).rejects.toMatchObject({ code: "ER_GET_CONNECTION_TIMEOUT" });
    await nowhere.end();
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
