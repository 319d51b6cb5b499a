/** A reason not to start, told to the operator: the message is a whole sentence that says what to do. */
export class BootError extends Error {
  override readonly name = "BootError";
}

/** What the system says of a place that cannot be used. */
const REFUSED: Readonly<Record<string, string>> = {
  ENOSPC: "the disk is full",
  EDQUOT: "the quota is used up",
  EROFS: "it is read-only",
  EACCES: "the user that Sceau runs as may not",
  EPERM: "the user that Sceau runs as may not",
};

/** @returns what stopped the start, as a sentence for the operator; null where only a developer can tell */
export function bootErrorOf(error: unknown, dataFolder: string): BootError | null {
  if (error instanceof BootError) return error;
  const { code = "", path = dataFolder } = error instanceof Error ? (error as NodeJS.ErrnoException) : {};
  const reason = REFUSED[code];
  return reason ? new BootError(`${path} cannot be used: ${reason} (${code}).`, { cause: error }) : null;
}
