const WINDOW_MS = 60_000;

/** So many a minute for each subject, in memory: what it keeps out is a flood, not an attacker with patience. */
export function createMinuteLimit(perMinute: number) {
  let windowStart = 0;
  let counts = new Map<string, number>();

  return {
    /**
     * @param weight as how many it counts
     * @returns whether this one is still within the limit
     */
    take(subject: string, now: number, weight = 1): boolean {
      if (now - windowStart >= WINDOW_MS) {
        windowStart = now;
        counts = new Map();
      }
      const count = (counts.get(subject) ?? 0) + weight;
      counts.set(subject, count);
      return count <= perMinute;
    },
  };
}
