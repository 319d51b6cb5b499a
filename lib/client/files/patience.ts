import { AppError, ERRORS } from "../../protocol/errors.ts";

const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 30_000;

/** Tries again what the network or the server could not do, until somebody ends it. */
export function createPatience() {
  const waiting = new Set<() => void>();

  function wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        waiting.delete(done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      waiting.add(done);
    });
  }

  return {
    /** @throws AppError as `work` does, once it is `over` or another try would be refused too */
    async persist<T>(work: () => Promise<T>, isOver: () => boolean): Promise<T> {
      for (let delay = FIRST_DELAY_MS; ; delay = Math.min(delay * 2, LONGEST_DELAY_MS)) {
        try {
          return await work();
        } catch (error) {
          const mayPass = error instanceof AppError && ERRORS[error.code].retryable;
          if (!mayPass || isOver()) throw error;
          await wait((error.retryAfter ?? 0) * 1000 || delay);
          if (isOver()) throw error;
        }
      }
    },

    /** The connection is back, or everything ends: whoever waits goes on. */
    wake(): void {
      for (const done of [...waiting]) done();
    },
  };
}

export type Patience = ReturnType<typeof createPatience>;
