import type { AccountId, DeviceId } from "../../lib/base/ids.ts";
import { AppError } from "../../lib/protocol/errors.ts";
import type { SessionRow, Sessions as SessionTable } from "../database/sessions.ts";
import type { Log } from "../log.ts";
import { type Client, hashToken, newToken } from "./client.ts";
import type { Journal } from "./journal.ts";
import type { Publish } from "./publish.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** A revocation on this node is seen at once, one on another node after this at the latest. */
const CACHE_MS = 2_000;
const CACHED_SESSIONS = 20_000;
const TOUCH_EVERY = MINUTE;

/** How long a session lasts without activity, and at all. */
const LIFETIMES = {
  member: { idle: 12 * HOUR, absolute: 7 * 24 * HOUR },
  administrator: { idle: 30 * MINUTE, absolute: 12 * HOUR },
} as const;

export const LONGEST_IDLE_SECONDS = LIFETIMES.member.idle / 1000;
export const LONGEST_SECONDS = LIFETIMES.member.absolute / 1000;

/** A live session, as requests and sockets carry it. */
export interface Session {
  /** base64url of the hashed session id: safe to log and to publish. */
  readonly key: string;
  readonly accountId: AccountId;
  readonly deviceId: DeviceId | null;
}

/** The session row is what counts: it is checked on every request and every frame. */
export function createSessionService(
  table: SessionTable,
  journal: Journal,
  publish: Publish,
  log: Log,
  clock: () => number,
) {
  const cache = new Map<string, { row: Promise<SessionRow | null>; readAt: number }>();

  /** Holds the reading itself: one that began before a revocation cannot put the living row back after it. */
  function load(key: string): Promise<SessionRow | null> {
    const now = clock();
    const cached = cache.get(key);
    if (cached && now - cached.readAt < CACHE_MS) return cached.row;
    if (cache.size >= CACHED_SESSIONS) cache.clear();
    const reading = { row: table.find(Buffer.from(key, "base64url")), readAt: now };
    cache.set(key, reading);
    const forget = () => {
      if (cache.get(key) === reading) cache.delete(key);
    };
    reading.row.then((row) => row ?? forget(), forget);
    return reading.row;
  }

  async function end(key: string, now: number): Promise<boolean> {
    const ended = await table.revoke(Buffer.from(key, "base64url"), now);
    cache.delete(key);
    publish({ type: "session-ended", session: key });
    return ended;
  }

  return {
    /** @returns the session id for the cookie. It is not kept anywhere here. */
    async start(accountId: AccountId, { address, agent }: Client): Promise<string> {
      const now = clock();
      const { token, hash } = newToken();
      await table.insert({
        idHash: hash,
        accountId,
        deviceId: null,
        address,
        agent,
        createdAt: now,
        lastSeenAt: now,
        authenticatedAt: now,
        endsAt: now + LIFETIMES.member.absolute,
        revokedAt: null,
      });
      return token;
    },

    keyOf: (sessionId: string): string => Buffer.from(hashToken(sessionId)).toString("base64url"),

    /**
     * @param active whether this is something the person did: it moves the idle limit.
     * @throws AppError "signed-out" when unknown, revoked, idle for too long or over.
     */
    async require(key: string, active: boolean): Promise<Session> {
      const row = await load(key);
      const now = clock();
      if (!row || row.revokedAt !== null) throw new AppError("signed-out", "no such session");
      const lifetime = LIFETIMES[row.role];
      const over = now >= row.endsAt || now >= row.createdAt + lifetime.absolute;
      if (over || now - row.lastSeenAt >= lifetime.idle) {
        const reason = over ? "absolute limit" : "idle limit";
        if (await end(key, now)) await journal.record("session-end", "ok", row, row.accountId, reason);
        throw new AppError("signed-out", reason);
      }
      if (active && now - row.lastSeenAt >= TOUCH_EVERY) {
        row.lastSeenAt = now;
        table.touch(row.idHash, now).catch((error) => log.warn({ err: error }, "session not touched"));
      }
      return { key, accountId: row.accountId, deviceId: row.deviceId };
    },

    async setDevice(session: Session, device: DeviceId): Promise<void> {
      await table.setDevice(Buffer.from(session.key, "base64url"), device);
      cache.delete(session.key);
    },

    async signOut(key: string, client: Client): Promise<void> {
      const row = await load(key);
      if (row && (await end(key, clock()))) await journal.record("sign-out", "ok", client, row.accountId);
    },

    deleteEnded: () => table.deleteEnded(clock()),
  };
}

export type SessionService = ReturnType<typeof createSessionService>;
