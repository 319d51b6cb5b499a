const WINDOW_MS = 60_000;
/** Who takes less than this part of a limit is told to no other node. */
const LITTLE = 0.05;

/**
 * So many a minute for each subject, in memory: what it keeps out is a flood, not an attacker with patience.
 * @param perMinute asked each time where it is a policy
 */
export function createMinuteLimit(perMinute: number | (() => number)) {
  const most = typeof perMinute === "number" ? () => perMinute : perMinute;
  let windowStart = 0;
  let counts = new Map<string, number>();
  /** Taken at this node, and not told to others. */
  let here = new Map<string, number>();

  return {
    /**
     * @param weight as how many it counts; @param elsewhere whether it was taken at another node
     * @returns whether this one is still within the limit
     */
    take(subject: string, now: number, weight = 1, elsewhere = false): boolean {
      // Also where the clock was put back: a window would last for as long as that.
      if (Math.abs(now - windowStart) >= WINDOW_MS) {
        windowStart = now;
        counts = new Map();
        here = new Map();
      }
      const count = (counts.get(subject) ?? 0) + weight;
      counts.set(subject, count);
      if (!elsewhere) here.set(subject, (here.get(subject) ?? 0) + weight);
      return count <= most();
    },

    /** What was taken here since this was last asked, of those who take much. */
    untold(): [subject: string, count: number][] {
      const told = [...here].filter(([, count]) => count >= most() * LITTLE);
      for (const [subject] of told) here.delete(subject);
      return told;
    },
  };
}

export type MinuteLimit = ReturnType<typeof createMinuteLimit>;
