/** At most `burst` at once and `perSecond` in the long run, asked each time. `now` in milliseconds. */
export function createTokenBucket(perSecond: () => number, burst: number, now: () => number) {
  let tokens = burst;
  let at = now();
  return {
    /** @returns false when the bucket is empty. */
    take(): boolean {
      const time = now();
      // A clock that was put back takes nothing away.
      tokens = Math.min(burst, tokens + (Math.max(0, time - at) / 1000) * perSecond());
      at = time;
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
  };
}

export type TokenBucket = ReturnType<typeof createTokenBucket>;
