import { createHash, randomUUID } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Connection, createConnection } from "mariadb";
import { BootError } from "../boot-error.ts";
import type { Log } from "../log.ts";
import { type DatabaseTarget, poolOptions } from "./connection.ts";

interface Migration {
  readonly name: string;
  readonly sql: string;
  /** As Prisma computes it: hex SHA-256 of the file. */
  readonly checksum: string;
}

interface Applied {
  readonly migration_name: string;
  readonly checksum: string;
  readonly finished_at: Date | null;
}

/** Prisma's own lock name and table, so that `prisma migrate deploy` and this runner exclude and know each other. */
const LOCK_NAME = "prisma_migrate";
const LOCK_SECONDS = 60;
/** At the start a machine has its hands full, and there is nothing to do but wait. */
const CONNECT_MS = 30_000;
const TABLE = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id                  VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum            VARCHAR(64) NOT NULL,
  finished_at         DATETIME(3),
  migration_name      VARCHAR(255) NOT NULL,
  logs                TEXT,
  rolled_back_at      DATETIME(3),
  started_at          DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  applied_steps_count INTEGER UNSIGNED NOT NULL DEFAULT 0
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`;

/**
 * Applies what is new in `folder` (`<yyyymmddhhmmss>_<name>/migration.sql`, in the order of their names).
 * Several servers may call it at once: one works, the others wait and find it done.
 *
 * @returns the names of the migrations applied by this call.
 * @throws BootError when an applied migration was edited, is unknown here, or failed half-way. MariaDB commits
 *   every table change by itself, so a failure cannot be undone by this runner.
 */
export async function migrate(target: DatabaseTarget, folder: string, log: Log): Promise<string[]> {
  const migrations = readMigrations(folder);
  const options = { ...poolOptions(target), connectTimeout: CONNECT_MS, multipleStatements: true };
  const connection = await createConnection(options).catch((error: Error) => {
    throw new BootError(`The database cannot be reached: ${error.message}`, { cause: error });
  });
  try {
    const [row] = await connection.query<{ locked: number | null }[]>("SELECT GET_LOCK(?, ?) AS locked", [
      LOCK_NAME,
      LOCK_SECONDS,
    ]);
    if (row?.locked !== 1) {
      throw new BootError(
        `Another server has been migrating this database for over ${LOCK_SECONDS} s: try again later.`,
      );
    }
    await connection.query(TABLE);
    const pending = findPending(migrations, await readApplied(connection));
    for (const migration of pending) {
      log.info({ migration: migration.name }, "migrating the database");
      await apply(connection, migration);
    }
    return pending.map(({ name }) => name);
  } finally {
    // Releases the lock with it.
    await connection.end();
  }
}

function readMigrations(folder: string): Migration[] {
  return readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, "migration.sql")))
    .sort()
    .map((name) => {
      const sql = readFileSync(join(folder, name, "migration.sql"), "utf8");
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    });
}

function readApplied(connection: Connection): Promise<Applied[]> {
  return connection.query<Applied[]>(
    "SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL",
  );
}

function findPending(migrations: readonly Migration[], applied: readonly Applied[]): Migration[] {
  const known = new Map(migrations.map((migration) => [migration.name, migration]));
  for (const { migration_name: name, checksum, finished_at } of applied) {
    if (finished_at === null) {
      throw new BootError(
        `Migration ${name} failed half-way earlier: restore the backup made before it, or repair the tables by hand and set its finished_at in _prisma_migrations.`,
      );
    }
    if (!known.has(name)) {
      throw new BootError(
        `The database was migrated by a newer Sceau (${name}): start that version or a later one.`,
      );
    }
    if (known.get(name)?.checksum !== checksum) {
      throw new BootError(
        `Migration ${name} was edited after it had been applied: restore its original text.`,
      );
    }
  }
  const done = new Set(applied.map(({ migration_name }) => migration_name));
  return migrations.filter(({ name }) => !done.has(name));
}

async function apply(connection: Connection, { name, sql, checksum }: Migration): Promise<void> {
  const id = randomUUID();
  await connection.query("INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES (?, ?, ?)", [
    id,
    checksum,
    name,
  ]);
  try {
    await connection.query(sql);
  } catch (error) {
    const { message } = error as Error;
    await connection.query("UPDATE _prisma_migrations SET logs = ? WHERE id = ?", [message, id]);
    throw new BootError(`Migration ${name} failed: ${message}`, { cause: error });
  }
  await connection.query(
    "UPDATE _prisma_migrations SET finished_at = CURRENT_TIMESTAMP(3), applied_steps_count = 1 WHERE id = ?",
    [id],
  );
}
