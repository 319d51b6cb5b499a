import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createLog } from "../log.ts";
import { openPool } from "./connection.ts";
import { type EmbeddedDatabase, startEmbeddedDatabase } from "./embedded/embedded-database.ts";
import { migrate } from "./migrate.ts";

/** prisma migrate cannot run everywhere, so nothing but this test holds the models against the real tables. */
const ROOT = join(import.meta.dirname, "..", "..");
const log = createLog({ debug: false });
let folder: string;
let database: EmbeddedDatabase;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sceau-drift-"));
  database = await startEmbeddedDatabase({ dataFolder: folder, bufferPoolMegabytes: 64, log });
  await migrate(database, join(ROOT, "prisma", "migrations"), log);
});

afterAll(async () => {
  await database?.stop();
  await rm(folder, { recursive: true, force: true });
});

interface Column {
  type: string;
  nullable: boolean;
}

const SQL_TYPES: Readonly<Record<string, string>> = {
  Binary: "binary",
  VarBinary: "varbinary",
  VarChar: "varchar",
  UnsignedTinyInt: "tinyint(3) unsigned",
  UnsignedSmallInt: "smallint(5) unsigned",
  UnsignedInt: "int(10) unsigned",
  UnsignedBigInt: "bigint(20) unsigned",
  MediumBlob: "mediumblob",
  MediumText: "mediumtext",
  DateTime: "datetime",
};

/** Tables and columns as schema.prisma declares them. */
function declared(): Map<string, Map<string, Column>> {
  const schema = readFileSync(join(ROOT, "prisma", "schema.prisma"), "utf8");
  const enums = new Map(
    [...schema.matchAll(/enum (\w+) \{([^}]*)\}/g)].map(([, name, body]) => [
      name,
      `enum(${(body ?? "")
        .match(/^\s+\w+$/gm)
        ?.map((value) => `'${value.trim()}'`)
        .join(",")})`,
    ]),
  );
  const tables = new Map<string, Map<string, Column>>();
  for (const [, body = ""] of schema.matchAll(/model \w+ \{([\s\S]*?)\n\}/g)) {
    const columns = new Map<string, Column>();
    for (const line of body.split("\n")) {
      const field = /^\s+(\w+)\s+(\w+)(\?|\[\])?\s*(.*)$/.exec(line);
      if (!field || line.trim().startsWith("//")) continue;
      const [, name = "", type = "", suffix, rest = ""] = field;
      const native = /@db\.(\w+)(\(\d+\))?/.exec(rest);
      const sql = native
        ? `${SQL_TYPES[native[1] ?? ""]}${native[2] ?? ""}`
        : (enums.get(type) ?? (type === "Boolean" ? "tinyint(1)" : null));
      if (sql)
        columns.set(/@map\("(\w+)"\)/.exec(rest)?.[1] ?? name, { type: sql, nullable: suffix === "?" });
    }
    tables.set(/@@map\("(\w+)"\)/.exec(body)?.[1] ?? "", columns);
  }
  return tables;
}

test("every model matches its table, and every table has a model", async () => {
  const pool = openPool(database, 1);
  const rows: { TABLE_NAME: string; COLUMN_NAME: string; COLUMN_TYPE: string; IS_NULLABLE: string }[] =
    await pool.query(
      "SELECT TABLE_NAME, COLUMN_NAME, COLUMN_TYPE, IS_NULLABLE FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME <> '_prisma_migrations'",
    );
  await pool.end();
  const actual = new Map<string, Map<string, Column>>();
  for (const row of rows) {
    const table = actual.get(row.TABLE_NAME) ?? new Map<string, Column>();
    actual.set(
      row.TABLE_NAME,
      table.set(row.COLUMN_NAME, { type: row.COLUMN_TYPE, nullable: row.IS_NULLABLE === "YES" }),
    );
  }
  const plain = (tables: Map<string, Map<string, Column>>) =>
    Object.fromEntries([...tables].map(([name, columns]) => [name, Object.fromEntries(columns)]));
  expect(plain(actual)).toEqual(plain(declared()));
});
