import type { SessionId } from "../../lib/base/ids.ts";
import type { SessionRow, Sessions as SessionTable } from "../database/sessions.ts";

/** A revocation on this node is seen at once, one on another node after this at the latest. */
const CACHE_MS = 2_000;
const CACHED_SESSIONS = 20_000;
/** Of those in use, some are read again so often, and each this long after it was read. */
const REFRESH_EVERY_MS = 100;
const REFRESH_AFTER_MS = 1_000;
const REFRESHED_AT_ONCE = 150;
/** A session is in use until so long after its last frame or request. */
const IN_USE_MS = 10_000;

interface Reading {
  /** Kept itself: one that began before a revocation cannot put the living row back after it. */
  readonly row: Promise<SessionRow | null>;
  /** What came of it; null until then. */
  known: SessionRow | null;
  readonly readAt: number;
  usedAt: number;
  /** The next one is under way. */
  refreshing: boolean;
}

/**
 * Rows of sessions, at most two seconds old. Those in use are read again, many at once, before they are too old: somebody
 * who writes every few seconds would else wait for a query with every message.
 */
export function createSessionCache({ find }: Pick<SessionTable, "find">, clock: () => number) {
  const cache = new Map<SessionId, Reading>();
  let isDue = false;

  function read(id: SessionId, usedAt: number): Reading {
    return { row: find(id), known: null, readAt: clock(), usedAt, refreshing: false };
  }

  function put(id: SessionId, reading: Reading): void {
    cache.set(id, reading);
    const forget = () => {
      if (cache.get(id) === reading) cache.delete(id);
    };
    reading.row.then((row) => {
      reading.known = row;
      if (!row) forget();
    }, forget);
  }

  /** Nobody waits for it: who asks meanwhile is given what is there, unless that is dropped. */
  function refresh(id: SessionId, reading: Reading): void {
    reading.refreshing = true;
    const next = read(id, reading.usedAt);
    next.row.then(
      () => {
        if (cache.get(id) === reading) put(id, { ...next, usedAt: reading.usedAt });
      },
      () => {
        // What is there grows too old.
      },
    );
  }

  function refreshSome(): void {
    isDue = false;
    const now = clock();
    let count = 0;
    for (const [id, reading] of cache) {
      const { usedAt, readAt, refreshing } = reading;
      if (refreshing || now - usedAt > IN_USE_MS || now - readAt < REFRESH_AFTER_MS) continue;
      refresh(id, reading);
      count += 1;
      if (count === REFRESHED_AT_ONCE) break;
    }
  }

  /** What is young enough. */
  function use(id: SessionId): Reading | null {
    const now = clock();
    if (!isDue) setTimeout(refreshSome, REFRESH_EVERY_MS).unref();
    isDue = true;
    const cached = cache.get(id);
    // Also where the clock was put back: a row would count for as long as that.
    if (!cached || Math.abs(now - cached.readAt) >= CACHE_MS) return null;
    cached.usedAt = now;
    return cached;
  }

  return {
    load(id: SessionId): Promise<SessionRow | null> {
      const cached = use(id);
      if (cached) return cached.row;
      if (cache.size >= CACHED_SESSIONS) cache.clear();
      const reading = read(id, clock());
      put(id, reading);
      return reading.row;
    },

    /** The row where nobody has to wait for it, else null: every frame asks, and a promise for each takes longer than the answer. */
    peek: (id: SessionId): SessionRow | null => use(id)?.known ?? null,

    /** It ended or was changed, here or elsewhere: asked for anew. */
    drop: (id: SessionId): void => void cache.delete(id),
  };
}
