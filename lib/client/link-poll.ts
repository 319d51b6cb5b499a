import { AppError, ERRORS } from "../protocol/errors.ts";

/** How often the two browsers look whether the other has done its part; a link lasts two minutes. */
const EVERY_MS = 1_000;

/**
 * Asks until there is an answer.
 * @throws AppError "link-expired" once it is over; the reason of `signal` when the person leaves
 */
export async function pollLink<T>(ask: () => Promise<T | null>, signal: AbortSignal): Promise<T> {
  for (;;) {
    signal.throwIfAborted();
    try {
      const answer = await ask();
      if (answer !== null) return answer;
    } catch (error) {
      // A network that is away for a moment ends nothing: the two minutes do.
      if (!(error instanceof AppError) || !ERRORS[error.code].retryable) throw error;
    }
    await new Promise((resume) => setTimeout(resume, EVERY_MS));
  }
}
