import { ERROR_STATUSES } from "../../lib/protocol/error-statuses.ts";
import { AppError } from "../../lib/protocol/errors.ts";
import { isAway, isDiskFull, isOrphan } from "../database/faults.ts";
import type { Log } from "../log.ts";

/** RFC 9457 problem+json. The log gets the detail, the client the code; never a body, not even a preview. */
export function problem(error: unknown, log: Log): Response {
  const known = toAppError(error);
  const status = ERROR_STATUSES[known.code];
  if (known.code === "internal") log.error({ err: error }, "request failed");
  else if (error instanceof Error && isDiskFull(error))
    log.error({ err: error }, "the database has no room on its disk");
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

export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  // AppError of the other bundle: same shape, another class.
  if (error instanceof Error && error.name === "AppError") return error as AppError;
  // A full disk may have room again when the request is repeated; whoever runs the server hears of it (above).
  if (error instanceof Error && (isAway(error) || isDiskFull(error)))
    return new AppError("unavailable", "the database did not answer");
  // Whoever looks again is told what is not there any more.
  if (error instanceof Error && isOrphan(error)) return new AppError("conflict", error.message);
  return new AppError("internal", "unexpected");
}
