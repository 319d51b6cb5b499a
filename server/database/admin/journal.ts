import type { Pool } from "mariadb";
import type { AccountId } from "../../../lib/base/ids.ts";
import { JOURNAL_COLUMNS, type JournalColumns, type StoredEntry, toEntry } from "../journal.ts";
import { column, toId } from "../rows.ts";

export interface JournalFilter {
  readonly account?: AccountId | undefined;
  readonly event?: string | undefined;
  readonly outcome?: string | undefined;
  /** The first and the last address, as 16 bytes: IPv4 within ::ffff:/96. */
  readonly addresses?: { readonly first: Uint8Array; readonly last: Uint8Array } | undefined;
  /** From this moment on, up to before that one. */
  readonly from?: number | undefined;
  readonly until?: number | undefined;
}

/** An entry, by what entries are listed by. */
export interface JournalPlace {
  readonly at: number;
  readonly id: number;
}

export interface FoundEntries {
  readonly rows: readonly StoredEntry[];
  /** Where to go on; null when nothing is left. */
  readonly next: JournalPlace | null;
}

/** Looked at for one page at most, where no index has all of the question in it. */
export const WINDOW = 20_000;

type Value = string | number | Date | Buffer;
type Condition = readonly [sql: string, values: readonly Value[]];

/** What an index answers, and what is left to look at in its rows. */
interface Plan {
  readonly index: string;
  readonly lead: readonly Condition[];
  readonly rest: readonly Condition[];
  /** The index has them by address: so few that they can be sorted. */
  readonly sorts?: boolean;
}

export function createJournalReading(pool: Pool) {
  /** Whether a range of addresses has so few entries that they can be sorted. */
  async function isRare({ first, last }: NonNullable<JournalFilter["addresses"]>): Promise<boolean> {
    const [row]: { count: number }[] = await pool.query(
      `SELECT COUNT(*) AS count FROM (SELECT 1 FROM journal FORCE INDEX (journal_by_address)
        WHERE address_key BETWEEN ? AND ? LIMIT ?) some`,
      [Buffer.from(first), Buffer.from(last), WINDOW + 1],
    );
    return (row?.count ?? 0) <= WINDOW;
  }

  return {
    /** Newest first. @param after the last entry of the page before */
    async page(filter: JournalFilter, after: JournalPlace | null, limit: number): Promise<FoundEntries> {
      const { addresses } = filter;
      const plan = planOf(filter, addresses !== undefined && !filter.account && (await isRare(addresses)));
      let end: JournalPlace | null = null;
      if (plan.rest.length > 0 && !plan.sorts) {
        const { sql, values } = windowQuery(plan, filter, after);
        const [last]: { at: Date; id: number }[] = await pool.query(sql, values);
        end = last ? { at: last.at.getTime(), id: last.id } : null;
      }
      const { sql, values } = pageQuery(plan, filter, after, end, limit);
      const rows: JournalColumns[] = await pool.query(sql, values);
      const found = rows.map(toEntry);
      const last = found.at(-1);
      return { rows: found, next: found.length === limit && last ? last : end };
    },

    /** Where sign-ins failed from, most first. Of the newest failures alone, so that an attack costs no more than that. */
    async failures(since: number, most: number) {
      const rows: { address: string; failures: number; names: number; unknown: number; last: Date }[] =
        await pool.query(
          `SELECT address, COUNT(*) AS failures, COUNT(DISTINCT account_id) AS names,
                  CAST(SUM(account_id IS NULL) AS UNSIGNED) AS unknown, MAX(at) AS last
             FROM (${["failed", "throttled"]
               .map(
                 (
                   outcome,
                 ) => `(SELECT address, account_id, at FROM journal FORCE INDEX (journal_by_event_and_outcome)
                     WHERE event = 'sign-in' AND outcome = '${outcome}' AND at >= ? ORDER BY at DESC LIMIT ?)`,
               )
               .join(" UNION ALL ")}) newest
            WHERE address <> '' GROUP BY address`,
          [new Date(since), most, new Date(since), most],
        );
      return rows.map(({ last, ...row }) => ({ ...row, last: last.getTime() }));
    },

    /** Where people came in from, oldest first. */
    async arrivals(since: number, most: number) {
      const rows: { account_id: Buffer; address: string; at: Date }[] = await pool.query(
        `SELECT account_id, address, at FROM (${["ok", "suspicious"]
          .map(
            (
              outcome,
            ) => `(SELECT id, account_id, address, at FROM journal FORCE INDEX (journal_by_event_and_outcome)
                WHERE event = 'sign-in' AND outcome = '${outcome}' AND at >= ? ORDER BY at DESC LIMIT ?)`,
          )
          .join(" UNION ALL ")}) newest
          WHERE account_id IS NOT NULL AND address <> '' ORDER BY at, id`,
        [new Date(since), most, new Date(since), most],
      );
      return rows.map(({ account_id, address, at }) => ({
        account: toId<AccountId>(account_id),
        address,
        at: at.getTime(),
      }));
    },
  };
}

export type JournalReading = ReturnType<typeof createJournalReading>;

/** @param rare whether the range of addresses has few entries */
export function planOf({ account, event, outcome, addresses }: JournalFilter, rare: boolean): Plan {
  const byAccount: Condition | null = account ? ["account_id = ?", [column(account)]] : null;
  const byEvent: Condition | null = event ? ["event = ?", [event]] : null;
  const byOutcome: Condition | null = outcome ? ["outcome = ?", [outcome]] : null;
  const [first, last] = addresses ? [Buffer.from(addresses.first), Buffer.from(addresses.last)] : [];
  const one = first && last && first.equals(last);
  const byAddress: Condition | null =
    first && last
      ? one
        ? ["address_key = ?", [first]]
        : ["address_key BETWEEN ? AND ?", [first, last]]
      : null;
  const plan = (index: string, ...lead: (Condition | null)[]): Plan => ({
    index,
    lead: lead.filter((each) => each !== null),
    rest: [byAccount, byEvent, byOutcome, byAddress].filter(
      (each) => each !== null && !lead.includes(each),
    ) as Condition[],
  });
  if (byAccount) return plan("journal_by_account_and_time", byAccount);
  if (byAddress && one) return plan("journal_by_address", byAddress);
  if (byAddress && rare) return { ...plan("journal_by_address", byAddress), sorts: true };
  if (byEvent && byOutcome) return plan("journal_by_event_and_outcome", byEvent, byOutcome);
  if (byEvent) return plan("journal_by_event", byEvent);
  if (byOutcome) return plan("journal_by_outcome", byOutcome);
  return plan("journal_by_time");
}

/** Finds the last entry that one page may look at. */
export function windowQuery(plan: Plan, filter: JournalFilter, after: JournalPlace | null) {
  const conditions = [...plan.lead, ...periodOf(filter, after)];
  return {
    sql: `SELECT at, id FROM journal FORCE INDEX (${plan.index}) WHERE ${textOf(conditions)}
           ORDER BY at DESC, id DESC LIMIT 1 OFFSET ${WINDOW - 1}`,
    values: conditions.flatMap(([, values]) => values),
  };
}

/** @param end the last entry that may be looked at; null for no such limit */
export function pageQuery(
  plan: Plan,
  filter: JournalFilter,
  after: JournalPlace | null,
  end: JournalPlace | null,
  limit: number,
) {
  const down: Condition[] = end
    ? [["at >= ? AND (at > ? OR id >= ?)", [new Date(end.at), new Date(end.at), end.id]]]
    : [];
  const conditions = [...plan.lead, ...periodOf(filter, after), ...down, ...plan.rest];
  return {
    sql: `SELECT ${JOURNAL_COLUMNS} FROM journal FORCE INDEX (${plan.index}) WHERE ${textOf(conditions)}
           ORDER BY at DESC, id DESC LIMIT ?`,
    values: [...conditions.flatMap(([, values]) => values), limit],
  };
}

const textOf = (conditions: readonly Condition[]): string =>
  conditions.map(([sql]) => `(${sql})`).join(" AND ") || "1";

function periodOf({ from, until }: JournalFilter, after: JournalPlace | null): Condition[] {
  const conditions: Condition[] = [];
  if (from !== undefined) conditions.push(["at >= ?", [new Date(from)]]);
  if (until !== undefined) conditions.push(["at < ?", [new Date(until)]]);
  if (after) {
    const at = new Date(after.at);
    conditions.push(["at <= ? AND (at < ? OR id < ?)", [at, at, after.id]]);
  }
  return conditions;
}
