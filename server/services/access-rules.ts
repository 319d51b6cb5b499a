import type { AccountId, ConversationId } from "../../lib/base/ids.ts";
import { type AccessRule, accessRules } from "../../lib/protocol/access-rules.ts";
import { AppError } from "../../lib/protocol/errors.ts";
import type { AccessRuleSet, AccessRuleTable } from "../database/access-rules.ts";
import type { Log } from "../log.ts";
import { type Client, SERVER } from "./client.ts";
import type { Journal } from "./journal.ts";
import { type AccessJudge, type Door, judgeAll, judgeBy } from "./judge-access.ts";
import { createMinuteLimit } from "./minute-limit.ts";
import type { Publish } from "./publish.ts";

/** Of one account, or of all who have none, that are written down. */
const DENIALS_A_MINUTE = 10;
/** How often the same is written down: whoever is refused tries again by itself. */
const REPEATED_MS = 3_600_000;

export interface AccessRuleDeps {
  table: AccessRuleTable;
  journal: Journal;
  publish: Publish;
  log: Log;
  clock: () => number;
}

/** A list as it is understood here. */
export interface RuleSet extends Omit<AccessRuleSet, "rules"> {
  readonly rules: readonly AccessRule[];
  readonly judge: AccessJudge;
}

/** Where nobody has set any. */
const NONE: RuleSet = {
  version: 0,
  rules: [],
  judge: judgeAll(true),
  setAt: 0,
  setBy: null,
  trialUntil: null,
  reverted: false,
};

/**
 * Who may come in from where. Judged in memory at every request; what other nodes and the command line set is read every
 * few seconds (server/jobs/settings.ts). That a trial is over needs nobody to notice: each question asks the clock.
 */
export function createAccessRules({ table, journal, publish, log, clock }: AccessRuleDeps) {
  /** Newest first. */
  let sets: readonly RuleSet[] = [];
  let turn = 0;
  let known = 0;
  const denials = createMinuteLimit(DENIALS_A_MINUTE);
  let noted = new Set<string>();
  let notedSince = 0;

  const isOver = ({ reverted, trialUntil }: RuleSet): boolean =>
    reverted || (trialUntil !== null && trialUntil <= clock());

  /** Those that hold now. */
  const current = (): RuleSet => sets.find((set) => !isOver(set)) ?? NONE;

  /** Reads them anew. A reading that another one overtook says nothing any more. */
  async function refresh(): Promise<void> {
    turn += 1;
    const mine = turn;
    const rows = await table.list();
    if (mine !== turn) return;
    sets = rows.map((row) => sets.find((set) => isSame(set, row)) ?? read(row, log));
    for (const set of sets) {
      if (set.reverted || !isOver(set) || !(await table.revert(set.version, clock()))) continue;
      await journal.record("access-rules-reverted", "ok", SERVER, null, `version ${set.version}`);
    }
    const { version } = current();
    if (version !== known) publish({ type: "access-rules" });
    known = version;
  }

  /** Whether a refusal is news, and not one of a flood. */
  function isNoted(place: Door | ConversationId, account: AccountId | null, address: string): boolean {
    if (clock() - notedSince >= REPEATED_MS) {
      noted = new Set();
      notedSince = clock();
    }
    const subject = `${place} ${account} ${address}`;
    if (noted.has(subject) || !denials.take(String(account), clock())) return false;
    noted.add(subject);
    return true;
  }

  /** The refusal is in the journal, once, when this resolves. */
  async function note(
    place: Door | ConversationId,
    account: AccountId | null,
    client: Client,
  ): Promise<void> {
    if (!isNoted(place, account, client.address)) return;
    await journal.record("access-denied", "failed", client, account, `access rules: ${place}`);
  }

  const mayEnter = (door: Door, email: string | null, { address }: Pick<Client, "address">) =>
    current().judge.mayEnter(door, { address, email });

  const refusedRooms = (email: string | null, { address }: Pick<Client, "address">) =>
    current().judge.refusedRooms({ address, email });

  return {
    current,
    refresh,
    mayEnter,
    /** Those that rules are about. */
    rooms: (): ReadonlySet<ConversationId> => current().judge.rooms,
    /** Of those, whether or not whoever asks is a member. */
    refusedRooms,

    /** The newest number there is, whether or not that list holds. */
    newest: (): number => sets[0]?.version ?? 0,

    /** @throws AppError "access-refused", once it is in the journal */
    async require(
      door: Door,
      who: { readonly accountId: AccountId | null; readonly email: string | null },
      client: Client,
    ): Promise<void> {
      if (mayEnter(door, who.email, client)) return;
      await note(door, who.accountId, client);
      throw new AppError("access-refused", door);
    },

    /** @throws AppError "room-refused", once it is in the journal */
    async requireRoom(
      room: ConversationId,
      who: { readonly accountId: AccountId; readonly email: string | null },
      client: Client,
    ): Promise<void> {
      if (!refusedRooms(who.email, client).has(room)) return;
      await note(room, who.accountId, client);
      throw new AppError("room-refused", room);
    },
  };
}

export type AccessRules = ReturnType<typeof createAccessRules>;

const isSame = (set: RuleSet, row: AccessRuleSet): boolean =>
  set.version === row.version && set.trialUntil === row.trialUntil && set.reverted === row.reverted;

/** What this version does not understand lets nobody in: the command line knows how to do without. */
function read(row: AccessRuleSet, log: Log): RuleSet {
  try {
    const rules = accessRules.parse(JSON.parse(row.rules));
    return { ...row, rules, judge: judgeBy(rules) };
  } catch (error) {
    log.error({ err: error, version: row.version }, "access rules not understood: nobody is let in");
    return { ...row, rules: [], judge: judgeAll(false) };
  }
}
