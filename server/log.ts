import type { Writable } from "node:stream";
import { type DestinationStream, type Logger, pino, type SerializedError } from "pino";

export type Log = Logger;

/** Never written, wherever in the first three levels of a record they stand. Bodies are never logged at all. */
const SECRET_KEYS = [
  "password",
  "pepper",
  "secret",
  "key",
  "totp",
  "code",
  "token",
  "jwt",
  "cookie",
  "authorization",
  "body",
  "sql",
  "parameters",
];

const REDACTED = ["", "*.", "*.*."].flatMap((prefix) => SECRET_KEYS.map((key) => `${prefix}${key}`));

/** One JSON object a line; short readable lines where a person watches (`stream` is a terminal). */
export function createLog(
  options: { readonly debug: boolean },
  stream: Writable & { isTTY?: boolean } = process.stdout,
): Log {
  return pino(
    {
      level: options.debug ? "debug" : "info",
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (level) => ({ level }) },
      serializers: { err: describeError },
      redact: { paths: REDACTED, censor: "[redacted]" },
    },
    stream.isTTY ? readable(stream) : stream,
  );
}

/** Not pino's: that copies every property of the error, and drivers hang statements and values there. */
function describeError(
  error: unknown,
): Pick<SerializedError, "type" | "message" | "stack"> & { errno?: number | string; cause?: string } {
  if (!(error instanceof Error)) return { type: typeof error, message: String(error), stack: "" };
  const reason = (error as NodeJS.ErrnoException).code ?? (error as NodeJS.ErrnoException).errno;
  return {
    type: error.name,
    message: error.message,
    stack: error.stack ?? "",
    ...(reason !== undefined && { errno: reason }),
    // A pool that has no connection says only here why.
    ...(error.cause instanceof Error && { cause: error.cause.message }),
  };
}

function readable(stream: Writable): DestinationStream {
  return {
    write(line) {
      const { level, time, msg, err, ...fields } = JSON.parse(line) as Record<string, unknown> & {
        err?: { stack: string; cause?: string };
      };
      const rest = Object.entries(fields).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
      if (err?.cause) rest.push(`cause=${JSON.stringify(err.cause)}`);
      const text = [String(time).slice(11, 19), String(level).padEnd(5), msg, ...rest].join(" ");
      stream.write(err ? `${text}\n${err.stack}\n` : `${text}\n`);
    },
  };
}
