import type { AccountId } from "../../lib/base/ids.ts";

const WINDOW_MS = 60_000;
const PER_WINDOW = 10;

/** One denial tells as much as a thousand: an account cannot fill the journal with its own. */
export function createDenialLimit() {
  let windowStart = 0;
  let counts = new Map<AccountId, number>();

  return {
    /** @returns whether this denial is to be written down. */
    take(account: AccountId, now: number): boolean {
      if (now - windowStart >= WINDOW_MS) {
        windowStart = now;
        counts = new Map();
      }
      const count = (counts.get(account) ?? 0) + 1;
      counts.set(account, count);
      return count <= PER_WINDOW;
    },
  };
}
