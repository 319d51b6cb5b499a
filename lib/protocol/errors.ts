const FINAL = { retryable: false } as const;
/** The same request may succeed later, unchanged. */
const LATER = { retryable: true } as const;

/**
 * The one table of what can go wrong between client and server. The numbers that servers say it by are in error-statuses.ts.
 */
export const ERRORS = {
  "bad-request": FINAL,
  "bad-password": FINAL,
  "weak-password": FINAL,
  "bad-picture": FINAL,
  "email-refused": FINAL,
  "bad-code": FINAL,
  "bad-credentials": FINAL,
  "signed-out": FINAL,
  "session-stale": LATER,
  "wrong-origin": FINAL,
  "registration-closed": FINAL,
  "step-up-required": FINAL,
  "access-refused": LATER,
  "room-refused": FINAL,
  "room-archived": FINAL,
  "account-suspended": FINAL,
  "account-banned": FINAL,
  banned: FINAL,
  "posting-restricted": FINAL,
  muted: FINAL,
  "not-found": FINAL,
  "method-not-allowed": FINAL,
  "email-taken": FINAL,
  "name-taken": FINAL,
  conflict: FINAL,
  "keys-exist": FINAL,
  "locks-out-author": FINAL,
  "last-administrator": FINAL,
  "conversation-closed": FINAL,
  "old-key-epoch": FINAL,
  "last-owner": FINAL,
  "room-full": FINAL,
  "upload-offset": FINAL,
  "file-missing": FINAL,
  "invitation-over": FINAL,
  expired: FINAL,
  "link-expired": FINAL,
  "too-large": FINAL,
  "file-too-large": FINAL,
  "wrong-content-type": FINAL,
  "wrong-host": FINAL,
  "too-many-requests": LATER,
  "slow-mode": LATER,
  "too-many-sockets": LATER,
  internal: LATER,
  "storage-full": FINAL,
  overloaded: LATER,
  unavailable: LATER,
  // The client's own: no answer at all, and a vault that is not the one this browser has seen.
  "vault-refused": FINAL,
  // Also the client's own: what two browsers that are being linked see does not agree.
  "link-mismatch": FINAL,
  // And what no key is sealed to: an identity that was not accepted here.
  "identity-changed": FINAL,
  // What becomes of files here: no room to seal one, one that is not what its message says, one that cannot be read.
  "no-room-here": FINAL,
  "file-damaged": FINAL,
  "file-unreadable": FINAL,
  offline: LATER,
} as const satisfies Record<string, { retryable: boolean }>;

/** The WebSocket close code of "signed-out". */
export const SIGNED_OUT_CLOSE = 4401;

export type ErrorCode = keyof typeof ERRORS;

export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === "string" && Object.hasOwn(ERRORS, value);
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
