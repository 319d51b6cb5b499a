import type { OverviewTables } from "../../database/admin/overview.ts";
import type { DailyCountTable, DayCount } from "../../database/daily-counts.ts";
import type { CountKind } from "../daily-counts.ts";
import { dayOf } from "../day.ts";

const DAY_MS = 86_400_000;
const DAYS = 30;
/** However many look at it, the tables are asked this often. */
const FRESH_MS = 4_000;

export interface OverviewDeps {
  tables: OverviewTables;
  counts: DailyCountTable;
  version: string;
  /** People and sockets that are connected here. */
  connected: () => { people: number; sockets: number };
  /** Bytes of the disk that the data folder is on; null where that cannot be told. */
  disk: () => Promise<{ free: number; total: number } | null>;
  clock: () => number;
}

/** How the server fares, in figures without names. */
export function createOverview({ tables, counts, version, connected, disk, clock }: OverviewDeps) {
  const startedAt = clock();
  let fresh: { at: number; figures: ReturnType<typeof read> } | null = null;

  async function daily(kind: CountKind, days: readonly number[]): Promise<DayCount[]> {
    const found = await counts.since(kind, days[0] ?? 0);
    const byDay = new Map(found.map(({ day, count }) => [day, count]));
    return days.map((day) => ({ day, count: byDay.get(day) ?? 0 }));
  }

  async function read(now: number) {
    const daysAgo = (ago: number) => dayOf(now - ago * DAY_MS);
    const days = Array.from({ length: DAYS }, (_, i) => daysAgo(DAYS - 1 - i));
    const [people, messages, failedSignIns, openFailures, database, space] = await Promise.all([
      tables.people([daysAgo(0), daysAgo(6), daysAgo(29)]),
      daily("messages", days),
      daily("failed-sign-ins", days),
      tables.openFailures(daysAgo(DAYS - 1)),
      tables.size(),
      disk(),
    ]);
    return { people, messages, failedSignIns, openFailures, database, disk: space };
  }

  return {
    async read() {
      const now = clock();
      if (!fresh || now - fresh.at >= FRESH_MS) {
        const reading = { at: now, figures: read(now) };
        fresh = reading;
        reading.figures.catch(() => {
          if (fresh === reading) fresh = null;
        });
      }
      const { people, ...figures } = await fresh.figures;
      const [today = 0, week = 0, month = 0] = people.active;
      const here = connected();
      return {
        ...figures,
        people: { total: people.total, today, week, month, connected: here.people, sockets: here.sockets },
        server: { version, node: process.versions.node, startedAt, now },
      };
    },
  };
}
