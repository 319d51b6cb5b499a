import { AppError, ERRORS, type ErrorCode } from "../protocol/errors.ts";

/** What a command ends with. docs/headless.md promises these numbers. */
export const EXIT = {
  ok: 0,
  /** A bug, or what nobody foresaw. */
  internal: 1,
  usage: 2,
  signedOut: 3,
  refused: 4,
  network: 5,
  notFound: 6,
  trust: 7,
  /** It may be so later: somebody else has to act first, or another process is at it. */
  waiting: 8,
  /** What is kept here cannot be used: wrong passphrase, wrong mode, torn. */
  state: 9,
  /** By SIGHUP, SIGINT, SIGTERM. */
  hungUp: 129,
  interrupted: 130,
  terminated: 143,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** How a command ends otherwise than well. */
export class Failure extends Error {
  override readonly name = "Failure";
  /** For programs; stable. */
  readonly code: string;
  readonly exit: ExitCode;

  /** @param message for people, one sentence or two */
  constructor(exit: ExitCode, code: string, message: string) {
    super(message);
    this.exit = exit;
    this.code = code;
  }
}

export function usage(message: string): Failure {
  return new Failure(EXIT.usage, "usage", message);
}

/** Codes that do not simply mean "the server refused". */
const EXITS: { readonly [Code in ErrorCode]?: ExitCode } = {
  "signed-out": EXIT.signedOut,
  "session-stale": EXIT.signedOut,
  "not-found": EXIT.notFound,
  "identity-changed": EXIT.trust,
  "vault-refused": EXIT.trust,
  "link-mismatch": EXIT.trust,
  offline: EXIT.network,
  unavailable: EXIT.network,
  overloaded: EXIT.network,
  "too-large": EXIT.usage,
  "file-too-large": EXIT.usage,
  "no-room-here": EXIT.state,
  internal: EXIT.internal,
};

/** Whether the server said no for good: what was asked of it has not happened. After any other error it may have. */
export function isRefusal(error: unknown): boolean {
  return error instanceof AppError && !ERRORS[error.code].retryable;
}

export function exitOf({ code }: AppError): ExitCode {
  return EXITS[code] ?? EXIT.refused;
}
