import { AsyncLocalStorage } from "node:async_hooks";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { restBetween } from "./async-context.ts";

const storage = new AsyncLocalStorage<string>();

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("async context", () => {
  it("is kept while anybody is being answered, and for a second, and then no more", async () => {
    const ends: (() => void)[] = [];
    const seen = () => readers.map((read) => read());
    const readers: (() => string | undefined)[] = [];
    const handle = restBetween(async (name: string) => {
      await storage.run(name, async () => {
        readers.push(AsyncLocalStorage.bind(() => storage.getStore()));
        await new Promise<void>((resolve) => ends.push(resolve));
      });
    });
    const [first, second] = [handle("first"), handle("second")];
    ends[0]?.();
    await first;
    await vi.advanceTimersByTimeAsync(5_000);
    expect(seen()).toEqual(["first", "second"]);
    ends[1]?.();
    await second;
    await vi.advanceTimersByTimeAsync(900);
    expect(seen()).toEqual(["first", "second"]);
    await vi.advanceTimersByTimeAsync(200);
    expect(seen()).toEqual([undefined, undefined]);
    const third = handle("third");
    expect(readers[2]?.()).toBe("third");
    ends[2]?.();
    await third;
  });

  it("ends as well where answering failed", async () => {
    let read: (() => string | undefined) | undefined;
    const handle = restBetween(() =>
      storage.run("failed", async () => {
        read = AsyncLocalStorage.bind(() => storage.getStore());
        throw new Error("refused");
      }),
    );
    await expect(handle()).rejects.toThrow("refused");
    expect(read?.()).toBe("failed");
    await vi.advanceTimersByTimeAsync(1_100);
    expect(read?.()).toBeUndefined();
  });
});
