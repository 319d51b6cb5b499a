import { afterEach, expect, it, vi } from "vitest";
import type { MessengerState } from "../../model.ts";
import type { Upload } from "../../model-files.ts";
import { createStore } from "../../store.ts";
import { guardUnload } from "./guard-unload.ts";

afterEach(() => vi.unstubAllGlobals());

it("asks before the page is left until all that is sent is sealed", async () => {
  const page = new EventTarget();
  vi.stubGlobal("addEventListener", page.addEventListener.bind(page));
  const uploads = (...lasting: boolean[]) => lasting.map((one) => ({ lasting: one }) as Upload);
  const store = createStore({ uploads: uploads(false) } as unknown as MessengerState);
  guardUnload({ getState: store.get, subscribe: store.subscribe });
  const leaves = () => page.dispatchEvent(new Event("beforeunload", { cancelable: true }));
  expect(leaves()).toBe(false);
  store.set({ uploads: uploads(true, false) });
  await Promise.resolve();
  expect(leaves()).toBe(false);
  store.set({ uploads: uploads(true) });
  await Promise.resolve();
  expect(leaves()).toBe(true);
});
