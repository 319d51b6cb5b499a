import { browserFetch } from "./browser-fetch.ts";
import { describeBrowser } from "./describe-browser.ts";
import { createIdbStorage } from "./idb-storage.ts";
import type { ClientSocket, Platform } from "./platform.ts";

/** By then the page has loaded what it opened for. */
const SETTLED_MS = 5_000;
/** A page that is never idle still lets long work go on. */
const BREATH_MS = 500;
const ACTIVITY = ["pointerdown", "keydown", "wheel", "touchstart"] as const;

/** The messenger in a browser tab. */
export function browserPlatform(): Platform {
  const owner = crypto.randomUUID();
  holdLock(owner);
  return {
    fetch: browserFetch,
    openSocket(path) {
      const url = new URL(path, location.href);
      url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
      return new WebSocket(url) as unknown as ClientSocket;
    },
    storage: createIdbStorage(),
    deviceName: describeBrowser(navigator.userAgent),
    now: () => Date.now(),
    owner,
    isGone: (other) => isLockFree(other),
    exclusive: (name, work) => (navigator.locks ? navigator.locks.request(`sceau:${name}`, work) : work()),
    startSealer: async () => (await import("./worker-sealer.ts")).startSealer(),
    whenIdle(work) {
      // Safari has no idle callbacks.
      const idle = () => ("requestIdleCallback" in window ? requestIdleCallback(work) : work());
      setTimeout(idle, SETTLED_MS);
    },
    breathe: () =>
      new Promise((resolve) => {
        if ("requestIdleCallback" in window) requestIdleCallback(() => resolve(), { timeout: BREATH_MS });
        else setTimeout(resolve, BREATH_MS / 10);
      }),
    openShelf: async (account) => (await import("./files/browser-shelf.ts")).openBrowserShelf(account),
    openSearchIndex: async (...opening) =>
      (await import("./search/browser-index.ts")).openBrowserIndex(...opening),
    onConnectivity({ wake, lost }) {
      const listening = new AbortController();
      const { signal } = listening;
      const whenVisible = () => document.visibilityState === "visible" && wake();
      addEventListener("online", wake, { signal });
      addEventListener("offline", () => lost?.(), { signal });
      document.addEventListener("visibilitychange", whenVisible, { signal });
      return () => listening.abort();
    },
    onVisibility(listener) {
      const tell = () => listener(document.visibilityState === "visible");
      if (document.visibilityState !== "visible") tell();
      document.addEventListener("visibilitychange", tell);
      return () => document.removeEventListener("visibilitychange", tell);
    },
    onActivity(listener) {
      for (const type of ACTIVITY) addEventListener(type, listener, { passive: true });
      return () => {
        for (const type of ACTIVITY) removeEventListener(type, listener);
      };
    },
  };
}

/** The browser gives a Web Lock back when the tab ends, however it ends: that is how other tabs can tell. */
function holdLock(owner: string): void {
  void navigator.locks?.request(lockName(owner), () => new Promise(() => {}));
}

async function isLockFree(owner: string): Promise<boolean> {
  if (!navigator.locks) return true;
  return navigator.locks.request(lockName(owner), { ifAvailable: true }, (lock) => lock !== null);
}

function lockName(owner: string): string {
  return `sceau:tab:${owner}`;
}
