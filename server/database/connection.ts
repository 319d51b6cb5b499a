import { readFileSync } from "node:fs";
import { createPool, type Pool, type PoolConfig, type PoolConnection, SqlError } from "mariadb";
import { BootError } from "../boot-error.ts";

/** Nothing is truncated, rounded or defaulted silently. */
export const SQL_MODE = [
  "STRICT_ALL_TABLES",
  "NO_ZERO_IN_DATE",
  "NO_ZERO_DATE",
  "ERROR_FOR_DIVISION_BY_ZERO",
  "NO_ENGINE_SUBSTITUTION",
].join(",");

/** Where the database is: the embedded one's socket, or a DATABASE_URL. */
export type DatabaseTarget =
  | {
      readonly socketPath: string;
      readonly user: string;
      readonly password: string;
      readonly database: string;
    }
  | URL;

// The connector writes and reads DATETIME in the zone of the process, whatever its `timezone` option says.
process.env.TZ = "UTC";

/**
 * What a machine that vanished had locked is free after that long; its connections MariaDB would keep for hours. What waits
 * for anything but the database while a transaction is open says so (`unhurried`).
 */
const IDLE_TRANSACTION_SECONDS = 10;
/** A connection that is silent for that long is asked, every second then: ten times no answer, and it is broken. */
const KEEP_ALIVE_MS = 10_000;

/**
 * One way to talk to either database: UTC, strict mode, and numbers for BIGINT (every sequence and time
 * stays below 2^53; a value beyond makes the query fail, never round). A database that is down gives a
 * coded error (`ER_GET_CONNECTION_TIMEOUT`) within five seconds. Fits Prisma's adapter as well.
 *
 * @throws BootError when the CA file named by DATABASE_URL cannot be read.
 */
export function poolOptions(target: DatabaseTarget, connectionLimit = 10): PoolConfig {
  survivePromiseOfConnector();
  const options: PoolConfig = target instanceof URL ? externalOptions(target) : target;
  return {
    ...options,
    sessionVariables: {
      ...options.sessionVariables,
      idle_transaction_timeout: IDLE_TRANSACTION_SECONDS,
    },
    connectionLimit,
    acquireTimeout: 5_000,
    connectTimeout: 4_000,
    // Fewer kept ready than may be open: an idle server holds two connections, not ten.
    minimumIdle: Math.min(2, connectionLimit),
    // Sent in the handshake: one statement less to set up a session.
    collation: "UTF8MB4_UNICODE_CI",
    bigIntAsNumber: true,
    insertIdAsNumber: true,
    checkNumberRange: true,
    logParam: false,
  };
}

export function openPool(target: DatabaseTarget, connectionLimit?: number): Pool {
  return createPool(poolOptions(target, connectionLimit));
}

/** Whoever locks one conversation for longer, such as an administrator by hand, must not hold up all others. */
const LOCK_WAIT_SECONDS = 5;

/**
 * One connection on which nothing holds until it is committed: what is stored one after the other need not say each
 * time that it begins.
 */
export function openWriter(target: DatabaseTarget): Pool {
  const options = poolOptions(target, 1);
  const sessionVariables = {
    ...options.sessionVariables,
    autocommit: 0,
    innodb_lock_wait_timeout: LOCK_WAIT_SECONDS,
  };
  // A reset would forget the variable.
  return createPool({ ...options, sessionVariables, resetAfterUse: false });
}

/** The embedded server runs in strict mode and UTC by itself; another one is told for each session. */
function externalOptions(url: URL): PoolConfig {
  const ssl = url.searchParams.get("ssl");
  return {
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port: Number(url.port || 3306),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: decodeURIComponent(url.pathname.slice(1)),
    keepAliveDelay: KEEP_ALIVE_MS,
    sessionVariables: { sql_mode: SQL_MODE, time_zone: "+00:00" },
    ...(ssl &&
      ssl !== "false" && { ssl: ssl === "true" ? true : { ca: readCa(ssl), minVersion: "TLSv1.2" } }),
  };
}

function readCa(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new BootError(
      `DATABASE_URL's CA file ${file} cannot be read (${(error as NodeJS.ErrnoException).code}).`,
    );
  }
}

/** For this connection, until it is given back, a transaction may be open for as long as `work` takes. */
export async function unhurried<T>(connection: PoolConnection, work: () => Promise<T>): Promise<T> {
  await connection.query("SET idle_transaction_timeout = 0");
  try {
    return await work();
  } finally {
    await connection.query(`SET idle_transaction_timeout = ${IDLE_TRANSACTION_SECONDS}`);
  }
}

/**
 * When a connection breaks while its session variables are being set, the connector (3.4.5, `authSucceedHandler`)
 * also rejects a promise that nobody holds, which would end the process. Its pool has the same error and retries. So it does
 * where a connection is destroyed that waits for an answer, and the server knows no such thread to KILL.
 */
function survivePromiseOfConnector(): void {
  if (process.listeners("unhandledRejection").includes(rethrowOthers)) return;
  process.on("unhandledRejection", rethrowOthers);
}

function rethrowOthers(reason: unknown): void {
  const isOfConnector =
    reason instanceof SqlError &&
    (reason.code === "ER_SETTING_SESSION_ERROR" || reason.sql?.startsWith("KILL ") === true);
  if (!isOfConnector) throw reason;
}
