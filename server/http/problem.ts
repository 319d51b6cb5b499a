import { ERROR_STATUSES } from "../../lib/protocol/error-statuses.ts";
import { AppError } from "../../lib/protocol/errors.ts";
import type { Log } from "../log.ts";

/** RFC 9457 problem+json. The log gets the detail, the client the code; never a body, not even a preview. */
export function problem(error: unknown, log: Log): Response {
  const known = toAppError(error);
  const status = ERROR_STATUSES[known.code];
  if (known.code === "internal") log.error({ err: error }, "request failed");
  else if (isDiskFull(error)) log.error({ err: error }, "the database has no room on its disk");
  else log.debug({ reason: known.code, detail: known.message }, "request refused");
  const body = { type: "about:blank", status, title: known.code, code: known.code, ...known.restraint };
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      "content-type": "application/problem+json",
      "cache-control": "no-store",
      ...(known.retryAfter !== undefined && { "retry-after": String(known.retryAfter) }),
    },
  });
}

/** What a driver reports when the database is away, or undid something for somebody else's sake: it may succeed later. */
const DATABASE_AWAY =
  /^(P1001|P1002|P1008|P1017|P2024|P2028|P2034|ER_GET_CONNECTION_TIMEOUT|ER_LOCK_|ER_SOCKET|ECONN|EPIPE)/;
const DISK_FULL = /^(ER_DISK_FULL|ER_RECORD_FILE_FULL|ER_ERROR_ON_WRITE)$/;
/** Whose words about connections are about the database. */
const DRIVER = /^(SqlError|DriverAdapterError|PrismaClient\w+)$/;

export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  // AppError of the other bundle: same shape, another class.
  if (error instanceof Error && error.name === "AppError") return error as AppError;
  if (error instanceof Error && isDatabaseAway(error))
    return new AppError("unavailable", "the database did not answer");
  return new AppError("internal", "unexpected");
}

function isDatabaseAway(error: NodeJS.ErrnoException): boolean {
  const { code, syscall, name, message } = error;
  if (DATABASE_AWAY.test(String(code)) || isDiskFull(error)) return true;
  // The embedded one's socket; any other that is not there is a file.
  if (code === "ENOENT") return syscall === "connect";
  return DRIVER.test(name) && /pool timeout|connect/i.test(message);
}

/** It may have room again when the request is repeated; whoever runs the server must hear of it. */
function isDiskFull(error: unknown): boolean {
  return error instanceof Error && DISK_FULL.test(String((error as NodeJS.ErrnoException).code));
}
