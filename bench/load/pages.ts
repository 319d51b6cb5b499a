import { keepAlive } from "./keep-alive.ts";
import type { Paging, Rate } from "./load.ts";

/** A process of its own that reads back in a history, eight at a time. */

const AT_ONCE = 8;
const WARM_MS = 2_000;

process.once("message", async ({ from, stored, seconds }: Paging) => {
  const fetchPage = keepAlive(from.origin, AT_ONCE);
  let pages = 0;
  async function read(until: number): Promise<void> {
    while (performance.now() < until) {
      const before = 51 + Math.floor(Math.random() * (stored - 50));
      await fetchPage(`/api/conversations/${from.conversation}/messages?before=${before}`, from.cookie);
      pages += 1;
    }
  }
  const readFor = (milliseconds: number) =>
    Promise.all(Array.from({ length: AT_ONCE }, () => read(performance.now() + milliseconds)));
  await readFor(WARM_MS);
  pages = 0;
  await readFor(seconds * 1_000);
  process.send?.({ perSecond: pages / seconds } satisfies Rate);
});
