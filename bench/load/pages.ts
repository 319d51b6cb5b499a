import { keepAlive } from "./keep-alive.ts";
import type { Paging, Rate } from "./load.ts";

/** A process of its own that reads back in a history, eight at a time. */

const AT_ONCE = 8;

process.once("message", async ({ from, stored, seconds }: Paging) => {
  const fetchPage = keepAlive(from.origin, AT_ONCE);
  let pages = 0;
  const until = performance.now() + seconds * 1_000;
  async function read(): Promise<void> {
    while (performance.now() < until) {
      const before = 51 + Math.floor(Math.random() * (stored - 50));
      await fetchPage(`/api/conversations/${from.conversation}/messages?before=${before}`, from.cookie);
      pages += 1;
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, read));
  process.send?.({ perSecond: pages / seconds } satisfies Rate);
});
