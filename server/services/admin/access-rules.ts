import type { AccountId, ConversationId, SessionId } from "../../../lib/base/ids.ts";
import { ACCESS_TRIAL_MS, type AccessRule } from "../../../lib/protocol/access-rules.ts";
import { AppError } from "../../../lib/protocol/errors.ts";
import type { AccessTrial, SetAccessRules } from "../../../lib/protocol/http/admin/access-rules.ts";
import { may } from "../../../lib/protocol/permissions.ts";
import type { AccessRuleTable, JudgedSession } from "../../database/access-rules.ts";
import type { Database } from "../../database/database.ts";
import type { AccessRules } from "../access-rules.ts";
import type { Client } from "../client.ts";
import type { ConversationService } from "../conversations.ts";
import type { Journal } from "../journal.ts";
import { type AccessJudge, type Door, judgeBy } from "../judge-access.ts";
import type { Admission } from "../sessions.ts";
import type { RuledRooms } from "./ruled-rooms.ts";

const PAGE = 2_000;
const NAMES = 50;

export interface AdminAccessRulesDeps {
  table: AccessRuleTable;
  accounts: Pick<Database["accounts"], "findPeople">;
  accessRules: AccessRules;
  conversations: ConversationService;
  ruledRooms: RuledRooms;
  journal: Journal;
  clock: () => number;
}

/** Reads, tries and sets the access rules. Nobody shuts themselves out for longer than a trial. */
export function createAdminAccessRules(deps: AdminAccessRulesDeps) {
  const { table, accounts, accessRules, conversations, ruledRooms, journal, clock } = deps;

  async function* livingSessions(): AsyncGenerator<JudgedSession> {
    let after: SessionId | null = null;
    for (;;) {
      const page: JudgedSession[] = await table.sessions(after, clock(), PAGE);
      yield* page;
      if (page.length < PAGE) return;
      after = page.at(-1)?.id ?? null;
    }
  }

  /** Who is in each of these rooms. */
  async function membersOf(rooms: Iterable<ConversationId>) {
    const found = new Map<ConversationId, { has(account: AccountId): boolean }>();
    for (const id of rooms) found.set(id, (await conversations.find(id))?.seats ?? new Set());
    return found;
  }

  /** Whether somebody may still come in here, and into each of the rooms that they are in. */
  async function letsIn(judge: AccessJudge, { accountId, email }: Admission, { address }: Client) {
    if (!judge.mayEnter("admin", { email, address })) return false;
    const refused = judge.refusedRooms({ email, address });
    return (await conversations.amongRooms({ accountId }, refused)).length === 0;
  }

  /** A room that was deleted keeps nobody from changing other rules. @throws AppError "not-found" */
  async function requireRooms(judge: AccessJudge): Promise<void> {
    const added = [...judge.rooms].filter((id) => !accessRules.rooms().has(id));
    if ((await ruledRooms.list(added)).length < added.length) throw new AppError("not-found", "no such room");
  }

  /** Of a list that was judged, and that whoever set it did not shut out. */
  async function write({ version, rules }: SetAccessRules, by: AccountId | null, trialUntil: number | null) {
    const next = { rules: JSON.stringify(rules), setAt: clock(), setBy: by, trialUntil };
    if (!(await table.write(version, next))) throw new AppError("conflict", "other rules were set meanwhile");
    await accessRules.refresh();
  }

  return {
    async read(client: Client) {
      await accessRules.refresh();
      const { rules, judge, setAt, setBy, version, trialUntil } = accessRules.current();
      const people = await accounts.findPeople(setBy ? [setBy] : []);
      const by = setBy ? (people.get(setBy) ?? null) : null;
      const changed = version === 0 ? null : { at: setAt, by };
      const rooms = await ruledRooms.list(judge.rooms);
      return { version: accessRules.newest(), rules, rooms, changed, trialUntil, address: client.address };
    },

    findRooms: ruledRooms.search,

    /** Who is let in now, and would not be. @param asker null for the command line @throws AppError "bad-request" for what is no address */
    async try(rules: readonly AccessRule[], asker: Admission | null, client: Client): Promise<AccessTrial> {
      const judge = judgeBy(rules);
      const now = accessRules.current().judge;
      const members = await membersOf(judge.rooms);
      const out = { server: new Map(), admin: new Map() } satisfies Record<Door, ShutOut>;
      const outOfRoom = new Map<ConversationId, ShutOut>([...members.keys()].map((id) => [id, new Map()]));
      const count = (counts: ShutOut | undefined, account: AccountId) =>
        counts?.set(account, (counts.get(account) ?? 0) + 1);
      for await (const session of livingSessions()) {
        const isShutOut = (door: Door) => now.mayEnter(door, session) && !judge.mayEnter(door, session);
        const { accountId } = session;
        if (isShutOut("server")) count(out.server, accountId);
        if (may(session.role, "see-people") && isShutOut("admin")) count(out.admin, accountId);
        const before = now.refusedRooms(session);
        for (const id of judge.refusedRooms(session))
          if (!before.has(id) && members.get(id)?.has(accountId)) count(outOfRoom.get(id), accountId);
      }
      const summary = async (found: ShutOut) => {
        const first = [...found.keys()].slice(0, NAMES);
        const people = await accounts.findPeople(first);
        const sessions = [...found.values()].reduce((sum, count) => sum + count, 0);
        return { people: found.size, sessions, names: first.flatMap((id) => people.get(id) ?? []) };
      };
      // Whoever asks may have moved since the sign-in: this is about the address of the request.
      const self = asker !== null && !(await letsIn(judge, asker, client));
      const losing = await ruledRooms.list(
        [...outOfRoom].flatMap(([id, { size }]) => (size > 0 ? [id] : [])),
      );
      const rooms = await Promise.all(
        losing.map(async (room) => ({ room, ...(await summary(outOfRoom.get(room.id) ?? new Map())) })),
      );
      return { server: await summary(out.server), admin: await summary(out.admin), rooms, self };
    },

    /**
     * @throws AppError "conflict" when others were set since they were read; "locks-out-author" when they shut out whoever sets
     * them, of a room that they are in too, who did not ask for a trial; "not-found" for a room that there is not and that no rule
     * was about; "bad-request" for what is no address
     */
    async set(form: SetAccessRules, author: Admission, client: Client): Promise<void> {
      const { accountId } = author;
      const judge = judgeBy(form.rules);
      await requireRooms(judge);
      const letsAuthorIn = await letsIn(judge, author, client);
      if (!letsAuthorIn && !form.trial) throw new AppError("locks-out-author");
      await write(form, accountId, letsAuthorIn ? null : clock() + ACCESS_TRIAL_MS);
      const what = `version ${form.version + 1}${letsAuthorIn ? "" : " for ten minutes"}: ${textOf(form.rules)}`;
      await journal.record("access-rules-changed", "ok", client, accountId, what);
    },

    /**
     * Whoever gets here is let in by them: the door has asked.
     * @throws AppError "expired" when they are over, or others took their place
     */
    async confirm(version: number, { accountId }: Admission, client: Client): Promise<void> {
      if (!(await table.confirm(version, clock()))) throw new AppError("expired", "no such trial");
      await accessRules.refresh();
      await journal.record("access-rules-confirmed", "ok", client, accountId, `version ${version}`);
    },

    /**
     * By the command line, which no rule shuts out.
     * @throws AppError "conflict" when others were set since they were read; "not-found" for a room that there is not; "bad-request"
     * for what is no address
     */
    async replace({ version, rules }: Omit<SetAccessRules, "trial">, client: Client): Promise<void> {
      await requireRooms(judgeBy(rules));
      await write({ version, rules, trial: false }, null, null);
      const what = `version ${version + 1}: ${textOf(rules)}`;
      await journal.record("access-rules-changed", "ok", client, null, what);
    },

    /** By the command line, for whoever is shut out. @returns whether there were any */
    async switchOff(client: Client): Promise<boolean> {
      await accessRules.refresh();
      if (accessRules.current().rules.length === 0 && accessRules.mayEnter("server", null, client))
        return false;
      await write({ version: accessRules.newest(), rules: [], trial: false }, null, null);
      await journal.record("access-rules-changed", "ok", client, null, "switched off");
      return true;
    },
  };
}

/** How many sessions of whom. */
type ShutOut = Map<AccountId, number>;

/** As the journal keeps it. */
export function textOf(rules: readonly AccessRule[]): string {
  if (rules.length === 0) return "none";
  return rules
    .map(
      ({ effect, place, room, by, patterns }) =>
        `${effect} ${place}${room ? ` ${room}` : ""} ${by}${patterns && ` ${patterns}`}`,
    )
    .join("; ");
}
