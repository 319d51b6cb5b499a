import { expect, test, vi } from "vitest";
import { type AccountId, newId } from "../../base/ids.ts";
import type { RunningParts } from "../account/parts.ts";
import { createLateSearch } from "./late-search.ts";

test("whoever searches after the index broke gets another one", async () => {
  const breaks: (() => void)[] = [];
  const openSearchIndex = vi.fn(async (_account: unknown, _key: unknown, onBroken: () => void) => {
    breaks.push(onBroken);
  });
  const parts = {
    platform: {
      storage: { findLocalKey: async () => null, addLocalKey: async (_: unknown, key: unknown) => key },
      openSearchIndex,
      // Another tab builds it.
      exclusive: async () => {},
    },
    store: { get: () => ({}) },
    vault: { account: newId<AccountId>(), read: () => new Uint8Array(32).fill(7) },
  } as unknown as RunningParts;
  const search = createLateSearch(() => parts);
  const first = await search.start();
  expect(await search.start()).toBe(first);
  breaks[0]?.();
  const second = await search.start();
  expect(second).not.toBe(first);
  expect(await search.start()).toBe(second);
  expect(openSearchIndex).toHaveBeenCalledTimes(2);
});
