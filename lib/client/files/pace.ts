import { FILE_SEGMENT_BYTES } from "../../crypto/file.ts";

/** A request that takes longer moves less the next time, a shorter one more. */
const LONG_MS = 8_000;
const SHORT_MS = 2_000;

/**
 * How much one request moves: whole segments, up to `most` bytes. Slow networks get through before the request is given
 * up, fast ones are not held up by many requests.
 */
export function createPace(most: number, now: () => number) {
  let bytes = FILE_SEGMENT_BYTES;
  return {
    bytes: (): number => bytes,
    async timed<T>(work: () => Promise<T>): Promise<T> {
      const start = now();
      try {
        const result = await work();
        if (now() - start < SHORT_MS) bytes = Math.min(bytes * 2, most);
        else if (now() - start > LONG_MS) bytes = Math.max(bytes / 2, FILE_SEGMENT_BYTES);
        return result;
      } catch (error) {
        bytes = FILE_SEGMENT_BYTES;
        throw error;
      }
    },
  };
}
