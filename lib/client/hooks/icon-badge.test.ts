import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { showIconBadge } from "./icon-badge.ts";

const pictures: { onload(): void; onerror(): void }[] = [];
const link = { dataset: {}, href: "/favicon.ico", getAttribute: () => "/favicon.ico" };
const badge = vi.fn(() => new Promise<void>(() => {}));

beforeEach(() => {
  let text = "";
  const context = new Proxy(
    { fillText: (words: string) => (text = words) },
    { get: (of, name) => (name === "fillText" ? of.fillText : () => undefined), set: () => true },
  );
  vi.stubGlobal("navigator", { setAppBadge: badge, clearAppBadge: badge });
  vi.stubGlobal("document", {
    querySelectorAll: () => [link],
    createElement: () => ({ getContext: () => context, toDataURL: () => `data:${text}` }),
  });
  vi.stubGlobal(
    "Image",
    class {
      onload = () => {};
      onerror = () => {};
      constructor() {
        pictures.push(this);
      }
    },
  );
});

afterEach(() => {
  vi.unstubAllGlobals();
  pictures.length = 0;
});

test("the icon waits for no app, and shows the count without a picture where there is none", async () => {
  const shown = showIconBadge(3);
  pictures[0]?.onerror();
  await shown;
  expect(badge).toHaveBeenCalledWith(3);
  expect(link.href).toBe("data:3");
});

test("the latest count is shown, whichever is drawn last", async () => {
  const two = showIconBadge(2);
  const none = showIconBadge(0);
  await none;
  expect(link.href).toBe("/favicon.ico");
  pictures[0]?.onload();
  await two;
  expect(link.href).toBe("/favicon.ico");
});
