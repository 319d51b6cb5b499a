/** Computers sleep, and clocks are set: how late it rings at most. */
const LONGEST_WAIT_MS = 5_000;

/** Rings once when `now` has reached a time; with null it waits for none. Setting it anew forgets the one before. */
export function createAlarmClock(now: () => number, ring: () => void) {
  let timer: ReturnType<typeof setTimeout> | undefined;

  function set(at: number | null): void {
    clearTimeout(timer);
    if (at === null) return;
    const left = Math.max(0, at - now());
    timer = setTimeout(() => (now() < at ? set(at) : ring()), Math.min(left, LONGEST_WAIT_MS));
  }

  return { set };
}
