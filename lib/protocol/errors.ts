/**
 * The one table of what can go wrong between client and server. `status` is the HTTP status of the
 * RFC 9457 problem, `close` the WebSocket close code where the error ends the connection, `retryable`
 * whether the same request may succeed later unchanged.
 */
export const ERRORS = {
  "bad-request": { status: 400, close: 1008, retryable: false },
  "bad-password": { status: 400, retryable: false },
  "weak-password": { status: 400, retryable: false },
  "bad-picture": { status: 400, retryable: false },
  "email-refused": { status: 400, retryable: false },
  "bad-code": { status: 400, retryable: false },
  "bad-credentials": { status: 401, retryable: false },
  "signed-out": { status: 401, close: 4401, retryable: false },
  "session-stale": { status: 401, close: 4402, retryable: true },
  "wrong-origin": { status: 403, retryable: false },
  "registration-closed": { status: 403, retryable: false },
  "step-up-required": { status: 403, retryable: false },
  "access-refused": { status: 403, close: 4403, retryable: true },
  "room-refused": { status: 403, retryable: false },
  "room-archived": { status: 403, retryable: false },
  "account-suspended": { status: 403, retryable: false },
  "account-banned": { status: 403, retryable: false },
  banned: { status: 403, retryable: false },
  "posting-restricted": { status: 403, retryable: false },
  muted: { status: 403, retryable: false },
  "not-found": { status: 404, retryable: false },
  "method-not-allowed": { status: 405, retryable: false },
  "email-taken": { status: 409, retryable: false },
  "name-taken": { status: 409, retryable: false },
  conflict: { status: 409, retryable: false },
  "keys-exist": { status: 409, retryable: false },
  "locks-out-author": { status: 409, retryable: false },
  "last-administrator": { status: 409, retryable: false },
  "conversation-closed": { status: 409, retryable: false },
  "old-key-epoch": { status: 409, retryable: false },
  "last-owner": { status: 409, retryable: false },
  "room-full": { status: 409, retryable: false },
  "upload-offset": { status: 409, retryable: false },
  "file-missing": { status: 409, retryable: false },
  "invitation-over": { status: 410, retryable: false },
  expired: { status: 410, retryable: false },
  "link-expired": { status: 410, retryable: false },
  "too-large": { status: 413, close: 1009, retryable: false },
  "file-too-large": { status: 413, retryable: false },
  "wrong-content-type": { status: 415, retryable: false },
  "wrong-host": { status: 421, retryable: false },
  "too-many-requests": { status: 429, close: 4429, retryable: true },
  "slow-mode": { status: 429, retryable: true },
  "too-many-sockets": { status: 429, close: 4430, retryable: true },
  internal: { status: 500, close: 1011, retryable: true },
  "storage-full": { status: 507, retryable: false },
  overloaded: { status: 503, close: 1013, retryable: true },
  unavailable: { status: 503, close: 1012, retryable: true },
  // The client's own: no answer at all, and a vault that is not the one this browser has seen.
  "vault-refused": { status: 0, retryable: false },
  // Also the client's own: what two browsers that are being linked see does not agree.
  "link-mismatch": { status: 0, retryable: false },
  // And what no key is sealed to: an identity that was not accepted here.
  "identity-changed": { status: 0, retryable: false },
  // What becomes of files here: no room to seal one, one that is not what its message says, one that cannot be read.
  "no-room-here": { status: 0, retryable: false },
  "file-damaged": { status: 0, retryable: false },
  "file-unreadable": { status: 0, retryable: false },
  offline: { status: 0, retryable: true },
} as const satisfies Record<string, { status: number; close?: number; retryable: boolean }>;

export type ErrorCode = keyof typeof ERRORS;

export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === "string" && Object.hasOwn(ERRORS, value);
}

/** The WebSocket close code that says it; 1011 ("internal error") for what never ends a connection by itself. */
export function closeCodeOf(code: ErrorCode): number {
  const row: { status: number; close?: number } = ERRORS[code];
  return row.close ?? 1011;
}

/** Why an account is kept out, and until when (milliseconds since 1970); null until somebody lifts it. */
export interface ErrorRestraint {
  readonly reason: string;
  readonly until: number | null;
}

/** The only error that crosses an edge. Its message is for logs; people read a translation of `code`. */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly code: ErrorCode;
  /** Seconds to wait before the next try, where the server knows. */
  readonly retryAfter: number | undefined;
  /** Of "account-suspended" and "account-banned". */
  readonly restraint: ErrorRestraint | undefined;

  constructor(code: ErrorCode, detail: string = code, retryAfter?: number, restraint?: ErrorRestraint) {
    super(detail);
    this.code = code;
    this.retryAfter = retryAfter;
    this.restraint = restraint;
  }
}
