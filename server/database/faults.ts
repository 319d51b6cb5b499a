/**
 * Numbers under which MariaDB and its driver (from 45000) report that a connection, or the database behind it, is
 * gone, ending or too busy (https://mariadb.com/docs/server/reference/error-codes).
 */
const AWAY = new Set([
  1020, 1040, 1053, 1158, 1159, 1160, 1161, 1203, 1205, 1213, 1927, 45001, 45004, 45009, 45012, 45013, 45019,
  45026, 45027, 45028, 45035, 45037, 45042, 45060, 45061,
]);
/** The same by name, where there is no number: Prisma's, the system's. P2028: no connection was free in time. */
const AWAY_BY_NAME =
  /^(P1001|P1002|P1008|P1017|P2024|P2028|P2034|P2037|ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)/;
const DISK_FULL = new Set([1021, 1026, 1114]);
/** Whose words about connections are about the database. */
const DRIVER = /^(SqlError|DriverAdapterError|PrismaClient\w+)$/;

/** Whether the database was away or busy, or undid something for somebody else's sake: it may succeed later. */
export function isAway(error: Error): boolean {
  const { code, syscall, name, message } = error as NodeJS.ErrnoException;
  if (AWAY.has(numberOf(error)) || AWAY_BY_NAME.test(String(code))) return true;
  // The embedded one's socket; any other that is not there is a file.
  if (code === "ENOENT") return syscall === "connect";
  return DRIVER.test(name) && /pool timeout|connect/i.test(message);
}

/** Whether the database found no room for what it was to write. */
export function isDiskFull(error: Error): boolean {
  return DISK_FULL.has(numberOf(error));
}

/** Whether it was to refer to what was deleted meanwhile, such as an account. */
export function isOrphan(error: Error): boolean {
  const number = numberOf(error);
  // Prisma calls the contrary so as well: what is deleted while others refer to it.
  return number === 1452 || (Number.isNaN(number) && (error as NodeJS.ErrnoException).code === "P2003");
}

/** What the database called it: with the raw connector at hand, with Prisma beneath what the adapter made of it. */
function numberOf(error: Error): number {
  const { errno, meta, cause } = error as DatabaseError;
  return errno ?? Number(meta?.driverAdapterError?.cause?.originalCode ?? cause?.originalCode);
}

interface DatabaseError extends Omit<Error, "cause"> {
  errno?: number;
  meta?: { driverAdapterError?: Pick<DatabaseError, "cause"> };
  cause?: { originalCode?: string };
}
