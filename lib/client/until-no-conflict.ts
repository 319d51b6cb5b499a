import { AppError } from "../protocol/errors.ts";

/**
 * Somebody else wrote first: looks at what is there by now and works anew, up to `tries` times.
 * @param work with the number of the try, from 1 on
 * @throws AppError "conflict" after the last try; whatever else `work` throws, at once
 */
export async function untilNoConflict<T>(
  tries: number,
  work: (attempt: number) => Promise<T>,
  look: () => unknown = () => {},
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work(attempt);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== "conflict" || attempt === tries) throw error;
      await look();
    }
  }
}
