import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type AccountId, newId } from "../../base/ids.ts";
import type { SearchKey } from "../../crypto/search-key.ts";
import { openBrowserIndex } from "./browser-index.ts";

const made: Silent[] = [];

/** Never answers. */
class Silent {
  onerror?: () => void;
  readonly postMessage = vi.fn();
  readonly terminate = vi.fn();
  constructor() {
    made.push(this);
  }
}

beforeEach(() => {
  vi.stubGlobal("Worker", Silent);
});
afterEach(() => {
  vi.unstubAllGlobals();
  made.length = 0;
});

const isRefused = (work: Promise<unknown>) => expect(work).rejects.toMatchObject({ code: "unavailable" });

test("a worker that failed is put away: nobody waits for it, and whoever opened it hears of it once", async () => {
  const onBroken = vi.fn();
  const index = openBrowserIndex(newId<AccountId>(), {} as SearchKey, onBroken);
  const waiting = index.coverage();
  made[0]?.onerror?.();
  await isRefused(waiting);
  await isRefused(index.flush());
  expect(onBroken).toHaveBeenCalledTimes(1);
  expect(made[0]?.terminate).toHaveBeenCalled();
});

test("one that is stopped refuses too, and nothing is broken by that", async () => {
  const onBroken = vi.fn();
  const index = openBrowserIndex(newId<AccountId>(), {} as SearchKey, onBroken);
  const waiting = index.coverage();
  index.stop();
  await isRefused(waiting);
  await isRefused(index.coverage());
  expect(onBroken).not.toHaveBeenCalled();
});
