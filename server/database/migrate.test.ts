import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Pool } from "mariadb";
import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openPool } from "./connection.ts";
import { type EmbeddedDatabase, startEmbeddedDatabase } from "./embedded/embedded-database.ts";
import { migrate } from "./migrate.ts";

const log = pino({ level: "silent" });
let base: string;
let folder: string;
let database: EmbeddedDatabase;
let pool: Pool;

beforeAll(async () => {
  base = mkdtempSync(join(tmpdir(), "migrate-test-"));
  folder = join(base, "migrations");
  database = await startEmbeddedDatabase({ dataFolder: join(base, "data"), bufferPoolMegabytes: 32, log });
  pool = openPool(database);
});

afterAll(async () => {
  await pool.end();
  await database.stop();
  rmSync(base, { recursive: true });
});

beforeEach(async () => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  await pool.query("DROP DATABASE sceau");
  await pool.query("CREATE DATABASE sceau");
  await pool.end();
  pool = openPool(database);
});

function write(name: string, sql: string): void {
  mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, name, "migration.sql"), sql);
}

const run = () => migrate(database, folder, log);

describe("migrate", () => {
  it("applies what is new, in order, once", async () => {
    write(
      "20260102000000_second",
      "ALTER TABLE one ADD COLUMN b INT;\n-- last;\nINSERT INTO one VALUES (1, 2);",
    );
    write("20260101000000_first", "CREATE TABLE one (a INT);");
    writeFileSync(join(folder, "migration_lock.toml"), 'provider = "mysql"');
    expect(await run()).toEqual(["20260101000000_first", "20260102000000_second"]);
    expect(await run()).toEqual([]);
    write("20260103000000_third", "CREATE TABLE three (c INT);");
    expect(await run()).toEqual(["20260103000000_third"]);
    expect(await pool.query("SELECT * FROM one")).toEqual([{ a: 1, b: 2 }]);
  });

  it("writes Prisma's own record, in UTC", async () => {
    write("20260101000000_first", "SELECT 1;");
    await run();
    const [row] = await pool.query("SELECT * FROM _prisma_migrations");
    expect(row).toMatchObject({
      migration_name: "20260101000000_first",
      checksum: "17db4fd369edb9244b9f91d9aeed145c3d04ad8ba6e95d06247f07a63527d11a",
      applied_steps_count: 1,
      rolled_back_at: null,
    });
    expect(Math.abs(row.finished_at.getTime() - Date.now())).toBeLessThan(60_000);
  });

  it("works once when several servers start together", async () => {
    write("20260101000000_first", "CREATE TABLE one (a INT); DO SLEEP(0.2);");
    const applied = await Promise.all([run(), run(), run()]);
    expect(applied.flat()).toEqual(["20260101000000_first"]);
  });

  it("refuses a migration edited after it had been applied", async () => {
    write("20260101000000_first", "CREATE TABLE one (a INT);");
    await run();
    write("20260101000000_first", "CREATE TABLE one (a BIGINT);");
    await expect(run()).rejects.toThrow(/20260101000000_first was edited/);
  });

  it("refuses a database that a newer version has migrated", async () => {
    write("20260101000000_first", "CREATE TABLE one (a INT);");
    write("20260102000000_second", "CREATE TABLE two (a INT);");
    await run();
    rmSync(join(folder, "20260102000000_second"), { recursive: true });
    await expect(run()).rejects.toThrow(/newer Sceau \(20260102000000_second\)/);
  });

  it("stops at a failure, and refuses every later start until it is repaired", async () => {
    write("20260101000000_first", "CREATE TABLE one (a INT); CREATE TABLE one (a INT);");
    write("20260102000000_second", "CREATE TABLE two (a INT);");
    await expect(run()).rejects.toThrow(/20260101000000_first failed: .*already exists/s);
    await expect(run()).rejects.toThrow(/failed half-way earlier/);
    expect(await pool.query("SHOW TABLES LIKE 'two'")).toEqual([]);
    await pool.query("UPDATE _prisma_migrations SET finished_at = NOW(3)");
    expect(await run()).toEqual(["20260102000000_second"]);
  });

  it("says in a sentence that the database is not there", async () => {
    const nowhere = new URL("mysql://sceau:secret-word@127.0.0.1:9/sceau");
    await expect(migrate(nowhere, folder, log)).rejects.toThrow(/^The database cannot be reached: /);
    await expect(migrate(nowhere, folder, log)).rejects.not.toThrow(/secret-word/);
  });
});
