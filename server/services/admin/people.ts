import { fromBase64url } from "../../../lib/base/encoding.ts";
import { type AccountId, type DeviceId, ID_BYTES, type SessionId } from "../../../lib/base/ids.ts";
import { AppError } from "../../../lib/protocol/errors.ts";
import type { DoneByOthers } from "../../../lib/protocol/http/admin/journal.ts";
import type {
  PeopleActivity,
  PeopleGroup,
  PeopleSort,
  RestraintForm,
} from "../../../lib/protocol/http/admin/people.ts";
import { may } from "../../../lib/protocol/permissions.ts";
import type { Role } from "../../database/accounts.ts";
import type { LastActive, PeopleFilter, PeopleTables, PersonRow } from "../../database/admin/people.ts";
import type { PeopleChanges, PersonChange } from "../../database/admin/people-changes.ts";
import type { Database } from "../../database/database.ts";
import type { Browsers } from "../browsers.ts";
import { type Client, SERVER } from "../client.ts";
import { dayOf } from "../day.ts";
import type { Deletion } from "../deletion.ts";
import type { Enrolment } from "../enrolment.ts";
import type { Journal } from "../journal.ts";
import { byDoer, type Doer } from "../journal-doer.ts";
import type { Admission, SessionService } from "../sessions.ts";
import type { Voices } from "../voices.ts";

const PAGE = 50;
const DAY_MS = 86_400_000;
const NO_END = 99_999_999;

export interface AdminPeopleDeps {
  tables: PeopleTables;
  changes: PeopleChanges;
  devices: Pick<Database["devices"], "ofAccount">;
  appPasswords: Pick<Database["appPasswords"], "allow" | "ofAccount">;
  sessions: Pick<SessionService, "ofAccount" | "forget">;
  browsers: Pick<Browsers, "endSession" | "removeDevice">;
  deletion: Pick<Deletion, "deleteFor">;
  enrolment: Pick<Enrolment, "end">;
  voices: Pick<Voices, "tell">;
  journal: Journal;
  clock: () => number;
}

/** Who does something to people: an account with a role, or the command line. */
type Actor = Pick<Admission, "role"> & { readonly accountId: Doer };

interface ListQuery {
  readonly q?: string | undefined;
  readonly group?: PeopleGroup | undefined;
  readonly activity?: PeopleActivity | undefined;
  readonly sort?: PeopleSort | undefined;
  readonly descending?: "true" | "false" | undefined;
  readonly after?: string | undefined;
}

/**
 * People and what is done to their accounts. Every change is in the journal under the person it was done to, with the
 * session that did it and whose that was.
 */
export function createAdminPeople(deps: AdminPeopleDeps) {
  const { tables, changes, devices, appPasswords, browsers, sessions, journal, clock } = deps;
  const { deletion, enrolment, voices } = deps;

  /** Moderators act on members alone, and nobody on themselves. @throws AppError "not-found", "bad-request" */
  async function require(actor: Actor, id: AccountId): Promise<PersonRow> {
    const found = await tables.find(id);
    if (!found || (found.role !== "member" && !may(actor.role, "change-people")))
      throw new AppError("not-found", "no such person within reach");
    if (id === actor.accountId) throw new AppError("bad-request", "oneself");
    return found;
  }

  const record = (event: DoneByOthers, actor: Actor, client: Client, id: AccountId, detail = "") =>
    journal.record(event, "ok", client, id, [detail, byDoer(actor.accountId)].filter(Boolean).join(" "));

  /** What follows once a restraint stands. @param cause what else it was part of, for the journal */
  async function restrained(
    actor: Actor,
    id: AccountId,
    { kind, until }: Pick<RestraintForm, "kind" | "until">,
    ended: readonly SessionId[],
    client: Client,
    cause = "",
  ): Promise<void> {
    sessions.forget(ended);
    await voices.tell(id);
    const end = until === null ? "" : `until ${new Date(until).toISOString()}`;
    await record("account-restrained", actor, client, id, [kind, end, cause].filter(Boolean).join(" "));
  }

  return {
    require,
    restrained,

    /** A page, or what a search finds. @throws AppError "bad-request" for an order that no index has */
    async list({ q, group = "everybody", activity = "any", descending, after, ...query }: ListQuery) {
      const lastActive = lastActiveOf(activity, clock());
      const sort = query.sort ?? (lastActive ? "active" : "name");
      if (q) {
        const found = await tables.search(q.toLowerCase(), filterOf(group), lastActive, PAGE + 1);
        return { rows: found.slice(0, PAGE), next: null, more: found.length > PAGE };
      }
      if (lastActive && sort !== "active") throw new AppError("bad-request", "sorted by the last day alone");
      const order = { filter: filterOf(group), lastActive, sort, descending: descending === "true" };
      const found = await tables.list(order, after === undefined ? null : parsePlace(after, sort), PAGE + 1);
      const rows = found.slice(0, PAGE);
      const last = rows.at(-1);
      return { rows, next: found.length > PAGE && last ? placeOf(last, sort) : null, more: false };
    },

    /** By the whole name, with or without an @. @throws AppError "not-found" */
    async named(typed: string): Promise<PersonRow> {
      const name = typed.replace(/^@/, "").toLowerCase();
      const found = /^[\x21-\x7e]+$/.test(name) ? await tables.findByName(name) : null;
      if (!found) throw new AppError("not-found", `nobody is called ${name}`);
      return found;
    },

    /** @throws AppError "not-found" */
    async read(id: AccountId) {
      const person = await tables.find(id);
      if (!person) throw new AppError("not-found", "no such person");
      const [living, holders, programs, conversations, files] = await Promise.all([
        sessions.ofAccount(id),
        devices.ofAccount(id),
        appPasswords.ofAccount(id),
        tables.conversations(id),
        tables.files(id),
      ]);
      living.sort((a, b) => b.lastSeenAt - a.lastSeenAt);
      return {
        person,
        sessions: living.map(({ id, address, agent, createdAt, lastSeenAt, appPasswordId }) => ({
          id,
          address,
          agent,
          createdAt,
          lastSeenAt,
          appPassword: programs.find((one) => one.id === appPasswordId)?.name ?? null,
        })),
        appPasswords: programs.length,
        devices: holders.map(({ id, name, createdAt }) => ({ id, name, createdAt })),
        conversations,
        files,
      };
    },

    /** Holds within two seconds. @throws AppError "not-found", "last-administrator" */
    async setRole(actor: Actor, id: AccountId, role: Role, client: Client): Promise<void> {
      const { before } = done(await changes.setRole(id, role));
      if (before !== role) await record("role-changed", actor, client, id, `${before} -> ${role}`);
    },

    /**
     * Ends every session at once, and refuses new ones until the end; who is muted goes on reading.
     * @throws AppError "not-found", "last-administrator", "bad-request" for oneself or an end that is past
     */
    async restrain(actor: Actor, id: AccountId, form: RestraintForm, client: Client): Promise<void> {
      await require(actor, id);
      const at = clock();
      if (form.until !== null && form.until <= at) throw new AppError("bad-request", "ends before it begins");
      const { sessions: ended } = done(await changes.restrain(id, { ...form, at }));
      await restrained(actor, id, form, ended, client);
    },

    /** @throws AppError "not-found" */
    async lift(actor: Actor, id: AccountId, client: Client): Promise<void> {
      await require(actor, id);
      if (!(await changes.lift(id))) return;
      await voices.tell(id);
      await record("restraint-lifted", actor, client, id);
    },

    /** In every browser, at once. @throws AppError "not-found" */
    async signOut(actor: Actor, id: AccountId, client: Client): Promise<void> {
      await require(actor, id);
      const ended = await changes.endSessions(id, clock());
      sessions.forget(ended);
      if (ended.length > 0) await record("sessions-revoked", actor, client, id, String(ended.length));
    },

    /** In one browser, at once. @throws AppError "not-found" */
    async endSession(actor: Admission, id: AccountId, session: SessionId, client: Client): Promise<void> {
      await require(actor, id);
      await browsers.endSession({ accountId: id }, session, client, byDoer(actor.accountId));
    },

    /**
     * A browser loses its way into the vault; the person's next one makes a new vault key. Who has no other needs the
     * recovery code.
     * @throws AppError "not-found"
     */
    async removeDevice(actor: Actor, id: AccountId, device: DeviceId, client: Client): Promise<void> {
      await require(actor, id);
      const whose = { accountId: id, deviceId: null };
      await browsers.removeDevice(whose, device, client, byDoer(actor.accountId));
    },

    /**
     * Ends the authenticator, the sign-in codes and every session, at once. The person sets up a new authenticator with
     * their password and the link, which whoever asked hands over after having made sure whom they talk to.
     * @returns the link's secret, which is kept nowhere
     * @throws AppError "not-found", "bad-request" for oneself
     */
    async endAuthenticator(actor: Actor, id: AccountId, client: Client) {
      await require(actor, id);
      const { token, expiresAt, sessions: ended } = await enrolment.end(id);
      sessions.forget(ended);
      await record("authenticator-ended", actor, client, id);
      return { token, expiresAt };
    },

    /**
     * Whether somebody may have app passwords. Where not any more, theirs are gone and whoever came in by one is signed out.
     * @throws AppError "not-found"
     */
    async allowAppPasswords(actor: Actor, id: AccountId, allowed: boolean, client: Client): Promise<void> {
      const found = await tables.find(id);
      if (!found) throw new AppError("not-found", "no such person");
      if (found.mayUseAppPasswords === allowed) return;
      sessions.forget(await appPasswords.allow(id, allowed, clock()));
      await record(allowed ? "app-passwords-allowed" : "app-passwords-ended", actor, client, id);
    },

    /** @throws AppError "not-found", "last-administrator", "bad-request" for another name than the account's */
    async delete(actor: Actor, id: AccountId, name: string, client: Client): Promise<void> {
      await require(actor, id);
      await deletion.deleteFor(actor, id, name, client);
    },

    /** Restraints whose end has come; they held nobody back any more. */
    async liftEnded(): Promise<void> {
      for (const id of await changes.liftEnded(clock()))
        await journal.record("restraint-lifted", "ok", SERVER, id, "its end came");
    },
  };
}

function done(change: PersonChange): Extract<PersonChange, { outcome: "done" }> {
  if (change.outcome === "done") return change;
  throw new AppError(change.outcome === "gone" ? "not-found" : "last-administrator");
}

export type AdminPeople = ReturnType<typeof createAdminPeople>;

export function filterOf(group: PeopleGroup): PeopleFilter {
  if (group === "everybody") return null;
  if (group === "keyless") return { column: "keyless", value: 1 };
  if (group === "suspended" || group === "banned" || group === "muted")
    return { column: "restraint", value: group };
  return { column: "role", value: group };
}

/** As the overview counts days: today is the first of seven. */
export function lastActiveOf(activity: PeopleActivity, now: number): LastActive {
  if (activity === "any") return null;
  if (activity === "never") return { from: 0, to: 0 };
  const [how, days] = activity.split("-");
  const since = dayOf(now - (Number(days) - 1) * DAY_MS);
  return how === "within" ? { from: since, to: NO_END } : { from: 0, to: since - 1 };
}

const VALUES = {
  name: ({ name }: PersonRow) => name,
  created: ({ createdAt }: PersonRow) => createdAt,
  active: ({ lastActiveDay }: PersonRow) => lastActiveDay,
} as const;

const placeOf = (row: PersonRow, sort: PeopleSort): string => `${VALUES[sort](row)}~${row.id}`;

/** @throws AppError "bad-request" for a place in another order */
function parsePlace(text: string, sort: PeopleSort) {
  const [value = "", id = ""] = text.split("~");
  const fits = sort === "name" || /^\d{1,15}$/.test(value);
  if (!fits || fromBase64url(id)?.length !== ID_BYTES) throw new AppError("bad-request", "another order");
  return { value: sort === "name" ? value : Number(value), id: id as AccountId };
}
