import { hostname } from "node:os";
import { join } from "node:path";
import type { Platform } from "../../client/platform.ts";
import { ERROR_STATUSES } from "../../protocol/error-statuses.ts";
import { LIMITS } from "../../protocol/limits.ts";
import { EXIT, Failure } from "../failure.ts";
import { applySetCookies } from "../platform/cookies.ts";
import { createNodePlatform, type NodeHost } from "../platform/node-platform.ts";
import { createTlsRequest } from "../platform/tls-request.ts";
import { takeLock } from "../state/file-lock.ts";
import { createFileStorage } from "../state/file-storage.ts";
import { newOwner } from "../state/process-name.ts";
import type { StateStore } from "../state/state-store.ts";
import { debug } from "../terminal/debug.ts";

/** As in a page: only what lives on has time for what is not urgent. */
const IDLE_MS = 5_000;
/** A client that runs is used: its session does not end for want of a person. */
const ACTIVE_MS = 60_000;
const ALONE_MS = 10 * 60_000;
const USER_AGENT = "sceau";
const TOO_MANY = ERROR_STATUSES["too-many-sockets"];

export interface AccountPlatform extends Platform {
  /**
   * How the last request ended: with a status, with what the network's library says, or with what could not be kept of it; as long as
   * there is no connection left for it, with "busy".
   */
  lastAnswer(): number | string | Failure;
  /** Whether that is so: other commands of the account have all the connections that there are for one session. */
  isCrowded(): boolean;
}

/** @param patience milliseconds that a request may take at most; lib/client gives up after half a minute anyway */
export function createAccountPlatform(
  store: StateStore,
  patience: number,
  deviceName = defaultDeviceName(),
): AccountPlatform {
  const { origin, certificates } = store.read();
  const request = certificates ? createTlsRequest(certificates) : fetch;
  let last: number | string = "nothing was asked";
  /** Why what came with the last cookies could not be kept. */
  let unkept: Failure | null = null;
  let isCrowded = false;
  const host: NodeHost = {
    origin,
    deviceName: deviceName.slice(0, LIMITS.deviceNameChars),
    userAgent: USER_AGENT,
    owner: newOwner(),
    storage: createFileStorage(store),
    idleAfter: IDLE_MS,
    certificates: certificates ?? undefined,
    async request(url, init) {
      try {
        const signals = [AbortSignal.timeout(patience), ...(init.signal ? [init.signal] : [])];
        const response = await request(url, { ...init, signal: AbortSignal.any(signals) });
        last = response.status;
        return response;
      } catch (error) {
        isCrowded = false;
        last = problemOf(error);
        throw error;
      } finally {
        debug(`${init.method ?? "GET"} ${url.pathname} ${last}`);
      }
    },
    cookies: () => new Map(Object.entries(store.read().cookies)),
    async keepCookies(headers) {
      if (!applySetCookies(new Map(Object.entries(store.read().cookies)), headers)) return;
      try {
        await store.update((state) => {
          const cookies = new Map(Object.entries(state.cookies));
          applySetCookies(cookies, headers);
          state.cookies = Object.fromEntries(cookies);
        });
        unkept = null;
      } catch (error) {
        // lib/client takes whatever fails here for a network that is away.
        if (error instanceof Failure) unkept = error;
        throw error;
      }
    },
    onUpgrade(refusal) {
      isCrowded = refusal === TOO_MANY;
    },
    // What a command was sending when it was cut off is nobody's to send (`dropAbandoned`).
    isGone: async () => false,
    async exclusive(name, work) {
      const release = await takeLock(join(store.folder, `alone-${name.replace(/\W/g, "-")}`), ALONE_MS);
      if (!release) throw new Failure(EXIT.waiting, "busy", "Another process renews this account's keys.");
      try {
        return await work();
      } finally {
        release();
      }
    },
    onActivity(listener) {
      const timer = setInterval(listener, ACTIVE_MS);
      timer.unref();
      return () => clearInterval(timer);
    },
  };
  return {
    ...createNodePlatform(host),
    lastAnswer: () => unkept ?? (isCrowded ? crowded() : last),
    isCrowded: () => unkept === null && isCrowded,
  };
}

function crowded(): Failure {
  return new Failure(
    EXIT.waiting,
    "busy",
    `${LIMITS.socketsPerSession} other commands of this account are connected, more may not be at once.`,
  );
}

export function defaultDeviceName(): string {
  return `sceau · ${hostname()}`;
}

/** Undici says "fetch failed" and keeps the reason for itself. */
function problemOf(error: unknown): string {
  const { cause = error } = error as { cause?: unknown };
  const { code, name, message } = cause as { code?: unknown; name?: string; message?: string };
  // Of a time that is over, `code` is a number.
  if (typeof code === "string") return code;
  return name === "TimeoutError" ? "no answer in time" : (message ?? String(cause));
}
