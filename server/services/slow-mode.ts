import type { AccountId, ConversationId } from "../../lib/base/ids.ts";

/** So many are kept before any is looked for that counts no more. */
export const REMEMBERED = 50_000;

/**
 * When each member wrote last, where that counts. A restart forgets it, which lets everybody write once more: nothing
 * worth a query for every message.
 */
export function createSlowMode(clock: () => number) {
  const written = new Map<string, { readonly at: number; readonly until: number }>();
  let sweepAt = REMEMBERED;
  const key = (conversation: ConversationId, account: AccountId) => `${conversation}${account}`;

  function sweep(now: number): void {
    for (const [name, { until }] of written) if (until <= now) written.delete(name);
    // Where all of them still count, the next message must not look through all of them again.
    sweepAt = Math.max(REMEMBERED, 2 * written.size);
  }

  return {
    /** @returns false when the member has to wait; else this is when they wrote last, until `release` */
    take(conversation: ConversationId, account: AccountId, seconds: number): boolean {
      const now = clock();
      const name = key(conversation, account);
      const last = written.get(name);
      // A clock that was put back makes nobody wait for longer.
      if (last && Math.abs(now - last.at) < seconds * 1000) return false;
      if (written.size >= sweepAt) sweep(now);
      written.set(name, { at: now, until: now + seconds * 1000 });
      return true;
    },

    /** What was taken was not stored after all. */
    release: (conversation: ConversationId, account: AccountId): void =>
      void written.delete(key(conversation, account)),
  };
}
