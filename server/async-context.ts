import { AsyncLocalStorage } from "node:async_hooks";

/** Whoever was answered may have left something to finish. */
const REST_AFTER_MS = 1_000;

const used = new Set<AsyncLocalStorage<unknown>>();

/**
 * From the first thing kept in an AsyncLocalStorage on, Node (before 24) tracks each promise, timer and socket of the
 * process: an eighth of what a message takes. Next keeps there what belongs to a request. Where none has been under way
 * for a second they are all disabled, until the next one uses them again.
 */
export function restBetween<Args extends unknown[]>(
  handle: (...args: Args) => Promise<void>,
): (...args: Args) => Promise<void> {
  let underWay = 0;
  const restSoon = () => setTimeout(disableAll, REST_AFTER_MS).unref();
  // Starting used some too.
  let rest = restSoon();
  return async (...args) => {
    clearTimeout(rest);
    underWay += 1;
    try {
      await handle(...args);
    } finally {
      underWay -= 1;
      if (underWay === 0) rest = restSoon();
    }
  };
}

function disableAll(): void {
  for (const storage of used) storage.disable();
  used.clear();
}

/** What a storage is enabled by. */
for (const method of ["run", "enterWith"] as const) {
  const original = AsyncLocalStorage.prototype[method] as (...args: unknown[]) => unknown;
  Object.assign(AsyncLocalStorage.prototype, {
    [method](this: AsyncLocalStorage<unknown>, ...args: unknown[]) {
      used.add(this);
      return original.apply(this, args);
    },
  });
}
