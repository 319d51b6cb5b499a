import { type Bytes, equalBytes } from "../../lib/base/bytes.ts";
import { fromBase64url } from "../../lib/base/encoding.ts";
import {
  type AccountId,
  type AppPasswordId,
  type DeviceId,
  ID_BYTES,
  idFromBytes,
  newId,
  type SessionId,
} from "../../lib/base/ids.ts";
import { AppError } from "../../lib/protocol/errors.ts";
import type { Role } from "../database/accounts.ts";
import type { SessionRow, Sessions as SessionTable } from "../database/sessions.ts";
import type { Log } from "../log.ts";
import type { Activity } from "./activity.ts";
import { type Client, hashToken, newToken } from "./client.ts";
import { dayOf } from "./day.ts";
import type { Journal } from "./journal.ts";
import type { Policies } from "./policies.ts";
import type { Publish } from "./publish.ts";
import { createSessionCache } from "./session-cache.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const TOUCH_EVERY = MINUTE;
/** How long the right that a step-up gives lasts. */
const STEP_UP_MS = 5 * MINUTE;
/** How long requests that were under way during a step-up may still carry the secret from before it. */
const REPLACED_MS = 30_000;

/** A live session, as requests and sockets carry it. */
export interface Session {
  /** Names it and opens nothing: safe to log, to publish and to show. */
  readonly id: SessionId;
  readonly accountId: AccountId;
  readonly deviceId: DeviceId | null;
}

/** What sessions go by: set by whoever runs the server. */
export type SessionLimits = Pick<Policies, "current">;

/** Of a session: by its idle limit, and by its absolute one. */
interface Ends {
  readonly idle: number;
  readonly absolute: number;
}

/** A session as a request's cookie proves it. */
export interface Admission extends Session {
  /** The account's, at most two seconds old. */
  readonly role: Role;
  readonly email: string | null;
  /** False in the moments after a step-up for whoever carries the secret from before it. */
  readonly current: boolean;
  /** Whether the person proved both factors anew within the last five minutes. */
  readonly steppedUp: boolean;
  /** Nobody has proved both factors, and nobody may in this session: a program runs it. */
  readonly byAppPassword: boolean;
  /** SHA-256 of the secret that the cookie carries. */
  readonly secretHash: Bytes;
  /** Milliseconds until it is over: if nothing more is done in it, and at the latest. */
  readonly left: Ends;
}

/**
 * The session row is what counts: it is checked on every request and every frame. A cookie's `sid` is
 * `session id ‖ "." ‖ secret`; a step-up replaces the secret and keeps the id, so that sockets go on.
 */
export function createSessionService(
  table: Omit<SessionTable, "noticedId" | "setNoticed" | "touch">,
  activity: Pick<Activity, "note">,
  policies: SessionLimits,
  journal: Journal,
  lastEntry: () => Promise<number>,
  publish: Publish,
  log: Log,
  clock: () => number,
) {
  const cache = createSessionCache(table, clock);

  async function end(id: SessionId, now: number): Promise<boolean> {
    const ended = await table.revoke(id, now);
    cache.drop(id);
    publish({ type: "session-ended", session: id });
    return ended;
  }

  const isOver = (row: SessionRow, now: number): boolean => {
    const { idle, absolute } = endsOf(row);
    return row.revokedAt !== null || now >= Math.min(idle, absolute);
  };

  /** @throws AppError "signed-out" when unknown, revoked, idle for too long or over. */
  async function requireRow(id: SessionId): Promise<SessionRow> {
    const row = await cache.load(id);
    const now = clock();
    if (!row || row.revokedAt !== null) throw new AppError("signed-out", "no such session");
    if (isOver(row, now)) {
      const reason = now >= endsOf(row).absolute ? "absolute limit" : "idle limit";
      const client = { ...row, session: id };
      if (await end(id, now)) await journal.record("session-end", "ok", client, row.accountId, reason);
      throw new AppError("signed-out", reason);
    }
    return row;
  }

  /** Moves the idle limit. */
  function touch(row: SessionRow): void {
    const now = clock();
    if (now - row.lastSeenAt < TOUCH_EVERY) return;
    const firstToday = dayOf(row.lastSeenAt) !== dayOf(now);
    row.lastSeenAt = now;
    activity.note(row.id, row.accountId, firstToday, now);
  }

  /** How long a session may be idle, and last, in milliseconds. */
  function lifetimeOf(role: Role): Ends {
    const limits = policies.current();
    return role === "administrator"
      ? { idle: limits.adminSessionIdleMinutes * MINUTE, absolute: limits.adminSessionHours * HOUR }
      : { idle: limits.sessionIdleHours * HOUR, absolute: limits.sessionDays * DAY };
  }

  /** Milliseconds since 1970. */
  function endsOf({ role, lastSeenAt, createdAt, endsAt }: SessionRow): Ends {
    const { idle, absolute } = lifetimeOf(role);
    return { idle: lastSeenAt + idle, absolute: Math.min(endsAt, createdAt + absolute) };
  }

  /** Which of a row's two secrets this is the hash of. */
  function judge(row: SessionRow, hash: Bytes): "current" | "replaced" | null {
    if (equalBytes(row.secretHash, hash)) return "current";
    const isReplaced = row.replacedHash !== null && equalBytes(row.replacedHash, hash);
    return isReplaced && clock() - (row.steppedUpAt ?? 0) < REPLACED_MS ? "replaced" : null;
  }

  return {
    /** @param appPasswordId where it began by one. @returns the `sid` for the cookie. Its secret is not kept anywhere here. */
    async start(
      accountId: AccountId,
      { address, agent }: Client,
      suspicion = "",
      appPasswordId: AppPasswordId | null = null,
    ): Promise<string> {
      const now = clock();
      const id = newId<SessionId>(now);
      const { token, hash } = newToken();
      await table.insert({
        id,
        secretHash: hash,
        accountId,
        deviceId: null,
        appPasswordId,
        address,
        agent,
        suspicion,
        noticedId: await lastEntry(),
        createdAt: now,
        lastSeenAt: now,
        authenticatedAt: now,
        endsAt: now + Math.max(lifetimeOf("member").absolute, lifetimeOf("administrator").absolute),
      });
      await table.markActive([accountId], dayOf(now));
      return `${id}.${token}`;
    },

    /**
     * The live session that a cookie's `sid` proves.
     * @param active whether this is something the person did: it moves the idle limit.
     * @throws AppError "signed-out" when unknown, revoked, idle for too long or over.
     */
    async admit(sid: string, active: boolean): Promise<Admission> {
      const { id, hash } = parseSid(sid);
      let row = await requireRow(id);
      if (judge(row, hash) === null) {
        // Another node may have replaced the secret since the row was read.
        cache.drop(id);
        row = await requireRow(id);
      }
      const secret = judge(row, hash);
      if (secret === null) throw new AppError("signed-out", "not the session's secret");
      if (active) touch(row);
      const current = secret === "current";
      const steppedUp = current && row.steppedUpAt !== null && clock() - row.steppedUpAt < STEP_UP_MS;
      const ends = endsOf(row);
      const left = { idle: ends.idle - clock(), absolute: ends.absolute - clock() };
      const { accountId, deviceId, role, email } = row;
      const byAppPassword = row.appPasswordId !== null;
      return {
        id,
        accountId,
        deviceId,
        role,
        email,
        current,
        steppedUp,
        byAppPassword,
        secretHash: hash,
        left,
      };
    },

    /** Whether `require` would find it alive without a query; then that was done. */
    isKnownAlive(id: SessionId, active: boolean): boolean {
      const row = cache.peek(id);
      if (!row || isOver(row, clock())) return false;
      if (active) touch(row);
      return true;
    },

    /** A session that was admitted before, as a socket's. @param active, @throws as `admit` */
    async require(id: SessionId, active: boolean): Promise<Session & Pick<Admission, "email">> {
      const row = await requireRow(id);
      if (active) touch(row);
      return { id, accountId: row.accountId, deviceId: row.deviceId, email: row.email };
    },

    /**
     * Into the administration, which has an idle limit of its own; only a step-up begins it.
     * @param attended whether the person is there: it moves that limit
     * @throws AppError "step-up-required", "signed-out"
     */
    async requireAdministration(id: SessionId, attended: boolean): Promise<void> {
      const row = await requireRow(id);
      const now = clock();
      const idle = now - (row.adminSeenAt ?? 0);
      if (idle >= policies.current().adminIdleMinutes * MINUTE)
        throw new AppError("step-up-required", "the administration was not in use");
      if (!attended || idle < TOUCH_EVERY) return;
      row.adminSeenAt = now;
      table.touchAdmin(id, now).catch((error) => log.warn({ err: error }, "session not touched"));
    },

    /**
     * Gives the session a new secret and, for five minutes, the right to do what is dangerous. The caller has
     * judged both factors.
     * @returns the new `sid` for the cookie
     * @throws AppError "signed-out", "conflict" when another step-up of this session came first
     */
    async stepUp({ id, secretHash }: Admission): Promise<string> {
      const next = newToken();
      const replaced = await table.replaceSecret(id, secretHash, next.hash, clock());
      cache.drop(id);
      if (replaced) return `${id}.${next.token}`;
      await requireRow(id);
      throw new AppError("conflict", "another step-up came first");
    },

    /** Closes its sockets at once; the journal is the caller's. @returns false when it had ended already */
    revoke: (id: SessionId): Promise<boolean> => end(id, clock()),

    /** Of sessions whose rows were revoked together with what they rested on: closes their sockets. */
    forget(ids: readonly SessionId[]): void {
      for (const id of ids) {
        cache.drop(id);
        publish({ type: "session-ended", session: id });
      }
    },

    /** It may have ended elsewhere: asked for anew. */
    drop: cache.drop,

    /** How long any session may be idle, and last, in seconds: cookies and tokens live so long, and the row decides. */
    longest(): { idle: number; absolute: number } {
      const [member, administrator] = [lifetimeOf("member"), lifetimeOf("administrator")];
      return {
        idle: Math.max(member.idle, administrator.idle) / 1000,
        absolute: Math.max(member.absolute, administrator.absolute) / 1000,
      };
    },

    idOf: (sid: string): SessionId => parseSid(sid).id,

    /** Of a browser that has just proved, with a certificate, to hold the account's keys. */
    async setDevice(session: Session, device: DeviceId): Promise<void> {
      await table.setDevice(session.id, device);
      cache.drop(session.id);
    },

    /**
     * Of a browser that only says which device it is. A stolen session must not hide behind somebody's device: one
     * that is tied to another stays so, and would else outlive that device's removal; and a device has one session,
     * so that whatever else is tied to it ends, loudly.
     * @returns false for a session that is tied to another device
     */
    async keepDevice(session: Session, device: DeviceId): Promise<boolean> {
      if (session.deviceId === device) return true;
      const kept = await table.keepDevice(session.id, device);
      cache.drop(session.id);
      if (!kept) return false;
      for (const row of await table.ofAccount(session.accountId)) {
        if (row.deviceId !== device || row.id === session.id || !(await end(row.id, clock()))) continue;
        const client = { ...row, session: row.id };
        await journal.record("session-end", "ok", client, row.accountId, "another session of the device");
      }
      return true;
    },

    /** The living sessions of an account, as their rows say. */
    async ofAccount(account: AccountId): Promise<SessionRow[]> {
      const now = clock();
      const rows = await table.ofAccount(account);
      return rows.filter((row) => now < Math.min(endsOf(row).idle, endsOf(row).absolute));
    },

    async signOut(session: Pick<Session, "id" | "accountId">, client: Client): Promise<void> {
      if (await end(session.id, clock()))
        await journal.record("sign-out", "ok", { ...client, session: session.id }, session.accountId);
    },

    deleteEnded: () => table.deleteEnded(clock()),
  };
}

export type SessionService = ReturnType<typeof createSessionService>;

/** @throws AppError "signed-out" */
function parseSid(sid: string): { id: SessionId; hash: Bytes } {
  const [id = "", secret = "", ...rest] = sid.split(".");
  const bytes = fromBase64url(id);
  if (rest.length > 0 || bytes?.length !== ID_BYTES) throw new AppError("signed-out", "no session id");
  // Written anew: a part of the text would hold on to the rest of it, which is the secret.
  return { id: idFromBytes(bytes), hash: hashToken(secret) };
}
