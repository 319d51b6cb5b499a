const WINDOW_MS = 60_000;

/** One entry tells as much as a thousand: nobody can fill the journal with refusals of the same kind. */
export function createEntryLimit(perMinute: number) {
  let windowStart = 0;
  let counts = new Map<string, number>();

  return {
    /** @param subject whose entries are counted. @returns whether this one is to be written down. */
    take(subject: string, now: number): boolean {
      if (now - windowStart >= WINDOW_MS) {
        windowStart = now;
        counts = new Map();
      }
      const count = (counts.get(subject) ?? 0) + 1;
      counts.set(subject, count);
      return count <= perMinute;
    },
  };
}
