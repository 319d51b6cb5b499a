import { afterEach, beforeEach, expect, test, vi } from "vitest";

beforeEach(() => vi.resetModules());
afterEach(() => vi.unstubAllGlobals());

const canNotify = async () => (await import("./use-notification-permission.ts")).canNotify();

test("a browser without notifications cannot notify", async () => {
  expect(await canNotify()).toBe(false);
});

test("nor can one whose constructor throws, as on Android", async () => {
  vi.stubGlobal("Notification", () => {
    throw new TypeError("Illegal constructor.");
  });
  expect(await canNotify()).toBe(false);
});

test("one that can is told from that without showing anything", async () => {
  const shown = vi.fn();
  class Usable {
    constructor(_title: string, options: object) {
      structuredClone(options);
      shown();
    }
  }
  vi.stubGlobal("Notification", Usable);
  expect(await canNotify()).toBe(true);
  expect(shown).not.toHaveBeenCalled();
});

test("one that knows of no data takes back at once what it was shown", async () => {
  const close = vi.fn();
  class Old {
    close = close;
  }
  vi.stubGlobal("Notification", Old);
  expect(await canNotify()).toBe(true);
  expect(close).toHaveBeenCalledOnce();
});
