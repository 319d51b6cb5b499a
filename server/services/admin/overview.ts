import type { OverviewDays } from "../../../lib/protocol/http/admin/overview.ts";
import type { OverviewTables } from "../../database/admin/overview.ts";
import { ACTIVE_PEOPLE, type DailyCountTable, type DayCount } from "../../database/daily-counts.ts";
import type { CountKind } from "../daily-counts.ts";
import { dayOf } from "../day.ts";

const DAY_MS = 86_400_000;
/** Of what browsers could not open. */
const FAILURE_DAYS = 30;
/** However many look at it, the tables are asked this often. */
const FRESH_MS = 4_000;

export interface OverviewDeps {
  tables: OverviewTables;
  counts: DailyCountTable;
  version: string;
  /** People and sockets that are connected here. */
  connected: () => { people: number; sockets: number };
  /** What waits here: messages for their commit, passwords for a worker, statements for a connection. */
  queues: () => { messages: number; passwords: number; database: number };
  /** Sealed files that are kept, as they were last counted, and whether their folder is there. */
  storedFiles: () => { count: number; bytes: number; reached: boolean };
  /** Whether other nodes are reached; null where there are none. */
  isLinked: () => boolean | null;
  /** Bytes of the disk that the data folder is on; null where that cannot be told. */
  disk: () => Promise<{ free: number; total: number } | null>;
  /** Of the one that files are on; null where that is the same. */
  filesDisk: () => Promise<{ free: number; total: number } | null>;
  clock: () => number;
}

/** How the server fares, in figures without names. */
export function createOverview({
  tables,
  counts,
  version,
  connected,
  queues,
  storedFiles,
  isLinked,
  disk,
  filesDisk,
  clock,
}: OverviewDeps) {
  const startedAt = clock();
  const fresh = new Map<OverviewDays, { at: number; figures: ReturnType<typeof read> }>();

  async function daily(kind: CountKind | typeof ACTIVE_PEOPLE, days: readonly number[]): Promise<DayCount[]> {
    const found = await counts.since(kind, days[0] ?? 0);
    const byDay = new Map(found.map(({ day, count }) => [day, count]));
    return days.map((day) => ({ day, count: byDay.get(day) ?? 0 }));
  }

  async function read(now: number, asked: number) {
    const daysAgo = (ago: number) => dayOf(now - ago * DAY_MS);
    const days = Array.from({ length: asked }, (_, i) => daysAgo(asked - 1 - i));
    const [people, activePeople, messages, files, signIns, failedSignIns, openFailures, database, ...disks] =
      await Promise.all([
        tables.people([daysAgo(0), daysAgo(6), daysAgo(29)]),
        daily(ACTIVE_PEOPLE, days),
        daily("messages", days),
        daily("files", days),
        daily("sign-ins", days),
        daily("failed-sign-ins", days),
        tables.openFailures(daysAgo(FAILURE_DAYS - 1)),
        tables.size(),
        disk(),
        filesDisk(),
      ]);
    return {
      ...{ people, activePeople, messages, files, signIns, failedSignIns, openFailures },
      ...{ database, disk: disks[0], filesDisk: disks[1] },
    };
  }

  return {
    /** @param days that series have, the last of them today */
    async read(days: OverviewDays = "30") {
      const now = clock();
      let reading = fresh.get(days);
      if (!reading || now - reading.at >= FRESH_MS) {
        const begun = { at: now, figures: read(now, Number(days)) };
        fresh.set(days, begun);
        begun.figures.catch(() => {
          if (fresh.get(days) === begun) fresh.delete(days);
        });
        reading = begun;
      }
      const { people, ...figures } = await reading.figures;
      const [today = 0, week = 0, month = 0] = people.active;
      const here = connected();
      return {
        ...figures,
        people: { total: people.total, today, week, month, connected: here.people, sockets: here.sockets },
        storedFiles: storedFiles(),
        queues: queues(),
        server: { version, node: process.versions.node, startedAt, now, linked: isLinked() },
      };
    },
  };
}
