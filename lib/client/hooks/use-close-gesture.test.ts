import { afterEach, expect, test, vi } from "vitest";
import { watchCloseGesture } from "./use-close-gesture.ts";

afterEach(() => vi.unstubAllGlobals());

test("a layer is told of the gesture, and lets it go once it is closed", () => {
  const watchers: { onclose: () => void; destroy: () => void }[] = [];
  vi.stubGlobal(
    "CloseWatcher",
    class {
      onclose = (): void => {};
      destroy = vi.fn();
      constructor() {
        watchers.push(this);
      }
    },
  );
  const close = vi.fn();
  const end = watchCloseGesture(close);
  watchers[0]?.onclose();
  expect(close).toHaveBeenCalledOnce();
  end();
  expect(watchers[0]?.destroy).toHaveBeenCalledOnce();
});

test("where there is no such gesture, nothing is watched", () => {
  expect(() => watchCloseGesture(vi.fn())()).not.toThrow();
});
