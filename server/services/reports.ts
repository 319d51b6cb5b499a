import type { Bytes } from "../../lib/base/bytes.ts";
import type { AccountId, ConversationId, ReportId, WarningId } from "../../lib/base/ids.ts";
import { actingRole } from "../../lib/crypto/verify.ts";
import { AppError } from "../../lib/protocol/errors.ts";
import { LIMITS } from "../../lib/protocol/limits.ts";
import type { Database } from "../database/database.ts";
import type { ReportAudience, ReportDecision } from "../database/reports.ts";
import { SERVER_LIMITS } from "../limits.ts";
import type { Client } from "./client.ts";
import type { ConversationService, KnownConversation } from "./conversations.ts";
import type { KeyService } from "./keys.ts";
import type { People } from "./people.ts";
import type { Publish } from "./publish.ts";
import type { RoomDoor } from "./room-door.ts";
import type { Session } from "./sessions.ts";

const DAY_MS = 86_400_000;

export interface WrittenReport {
  readonly id: ReportId;
  readonly conversation: ConversationId;
  readonly audience: ReportAudience;
  readonly sealed: Bytes;
  readonly boxes: readonly { readonly account: AccountId; readonly box: Bytes }[];
}

export interface ReportDeps {
  readonly reports: Database["reports"];
  readonly warnings: Database["warnings"];
  readonly conversations: ConversationService;
  readonly door: RoomDoor;
  readonly keys: KeyService;
  readonly people: People;
  readonly publish: Publish;
  readonly clock: () => number;
}

/**
 * Messages that somebody reported: the server passes on who reported, where, when and to whom. Which message, whose,
 * and why, only those can read who got it.
 */
export function createReportService(deps: ReportDeps) {
  const { reports, warnings, conversations, door, keys, people, publish, clock } = deps;
  const tell = (accounts: readonly AccountId[]) => {
    for (const account of accounts) publish({ type: "notice", account, except: null });
  };

  const moderates = (room: KnownConversation | null, account: AccountId): boolean => {
    if (!room || room.kind === "direct") return false;
    const role = actingRole(room.seats, account);
    return role === "owner" || role === "moderator";
  };

  async function mayGet(
    audience: ReportAudience,
    room: KnownConversation,
    accounts: readonly AccountId[],
  ): Promise<boolean> {
    if (audience === "moderators") return accounts.every((account) => moderates(room, account));
    return reports.areStewards(accounts);
  }

  return {
    /** Those who run this server, to whom anybody may report. */
    async stewards() {
      const ids = await reports.stewards(LIMITS.reportRecipients);
      const known = await people.withKeys(ids);
      return known.map(({ account }) => account);
    },

    /**
     * By a member; stored once, however often it is sent.
     * @throws AppError "not-found" also for who is no member; "bad-request" for a report to nobody, twice to one, or to
     * oneself; "conflict" where somebody is none of the audience any more, or has another key; "too-many-requests"
     */
    async submit(session: Session, written: WrittenReport, client: Client): Promise<void> {
      const { id, conversation, audience, boxes } = written;
      const reporter = session.accountId;
      const room = await conversations.requireMember(session, conversation, client);
      const accounts = [...new Set(boxes.map(({ account }) => account))];
      if (accounts.length < boxes.length || accounts.includes(reporter))
        throw new AppError("bad-request", "recipients");
      if (!(await mayGet(audience, room, accounts))) throw new AppError("conflict", "not of the audience");
      if (!(await keys.areForTransportKeys(boxes, "report-key")))
        throw new AppError("conflict", "a box for another key");
      const at = clock();
      const outcome = await reports.insert(
        { ...written, id, reporter, at },
        at - DAY_MS,
        SERVER_LIMITS.reportsADay,
      );
      if (outcome === "full") throw new AppError("too-many-requests", "reports of one day", DAY_MS / 1000);
      if (outcome === "taken") throw new AppError("conflict", "the id is taken");
      if (outcome === "stored") tell(accounts);
    },

    /**
     * What one may decide: of a room for those who moderate it, else of the whole server.
     * @throws AppError "not-found" for who does not moderate the room
     */
    async list(
      session: Session,
      { conversation, before }: { conversation?: ConversationId | undefined; before?: ReportId | undefined },
      client: Client,
    ) {
      const { accountId } = session;
      if (conversation) {
        const room = await conversations.requireModerator(session, conversation, client);
        if (room.kind === "direct") throw new AppError("not-found", "no room");
      } else if (!(await reports.areStewards([accountId]))) {
        return { reports: [], more: false };
      }
      const found = await reports.received(
        accountId,
        conversation ?? null,
        before,
        SERVER_LIMITS.reportsPage + 1,
      );
      const page = found.slice(0, SERVER_LIMITS.reportsPage);
      const known = await people.withKeys([...new Set(page.map(({ reporter }) => reporter))]);
      const shown = new Map(known.map(({ account }) => [account.id, account]));
      return {
        // Whose account is gone meanwhile, is gone with their reports.
        reports: page.flatMap(({ reporter, ...report }) => {
          const person = shown.get(reporter);
          return person ? [{ ...report, reporter: person }] : [];
        }),
        more: found.length > page.length,
      };
    },

    /** @throws AppError "not-found" for who cannot decide it, now or from there; "conflict" once it is decided */
    async decide(session: Session, id: ReportId, decision: ReportDecision, client: Client): Promise<void> {
      const { accountId } = session;
      const found = await reports.find(accountId, id);
      const room = found && (await conversations.find(found.conversation));
      const may =
        found?.audience === "moderators"
          ? moderates(room, accountId) && !(await door.refused(session, client)).has(found.conversation)
          : found !== null && (await reports.areStewards([accountId]));
      if (!found || !may) throw new AppError("not-found", "no such report");
      if (!(await reports.decide(id, accountId, decision, clock())))
        throw new AppError("conflict", "decided already");
      tell([found.reporter, ...found.recipients]);
    },

    /** What waits for the caller, what became of the caller's own, and what the caller is told. */
    async waiting(session: Session, client: Client) {
      const { accountId } = session;
      const [refused, all, outcomes, steward, unread] = await Promise.all([
        door.refused(session, client),
        reports.open(accountId),
        reports.outcomes(accountId),
        reports.areStewards([accountId]),
        warnings.unread(accountId),
      ]);
      const open: { conversation: ConversationId | null; count: number }[] = [];
      let server = 0;
      for (const { conversation, audience, count } of all) {
        if (audience === "administrators") server += steward ? count : 0;
        else if (refused.has(conversation)) continue;
        else if (moderates(await conversations.find(conversation), accountId))
          open.push({ conversation, count });
      }
      if (server > 0) open.unshift({ conversation: null, count: server });
      return { steward, open, outcomes, warnings: unread };
    },

    own: async ({ accountId }: Session) => ({
      reports: await reports.own(accountId, SERVER_LIMITS.reportsPage),
    }),

    /** The person has been told of every decision there is. */
    markSeen: ({ accountId }: Session): Promise<void> => reports.markSeen(accountId),

    /** @throws AppError "not-found" */
    async readWarning({ accountId }: Session, id: WarningId): Promise<void> {
      if (!(await warnings.remove(accountId, id))) throw new AppError("not-found", "no such warning");
    },

    deleteOld: (): Promise<void> =>
      reports.deleteOld(
        clock() - SERVER_LIMITS.reportDecidedDays * DAY_MS,
        clock() - SERVER_LIMITS.reportDays * DAY_MS,
      ),
  };
}
