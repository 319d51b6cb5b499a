import type { AccountId } from "../../../lib/base/ids.ts";
import type { JournalAlerts, JournalRow } from "../../../lib/protocol/http/admin/journal.ts";
import type { Accounts } from "../../database/accounts.ts";
import type { JournalReading } from "../../database/admin/journal.ts";
import type { StoredEntry } from "../../database/journal.ts";
import { networkOf } from "../sign-in-limits.ts";

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** Of the newest: an attack must not make looking at it dear. */
const MOST_LOOKED_AT = 20_000;
const MOST_SHOWN = 10;
const MANY_FAILURES = 10;
/** Accounts, and tries of names that do not exist. */
const MANY_NAMES = 5;
/** However many look at it, the tables are asked this often. */
const FRESH_MS = 4_000;

interface Deps {
  reading: JournalReading;
  accounts: Pick<Accounts, "findPeople">;
  clock: () => number;
}

/** What in the journal of the last day looks like somebody who is not meant to be here. */
export function createJournalAlerts(
  { reading, accounts, clock }: Deps,
  describe: (entries: readonly StoredEntry[]) => Promise<JournalRow[]>,
) {
  let fresh: { at: number; alerts: Promise<JournalAlerts> } | null = null;

  async function failures(since: number): Promise<JournalAlerts["failures"]> {
    const byNetwork = new Map<string, JournalAlerts["failures"][number]>();
    for (const { address, failures: count, names, unknown, last } of await reading.failures(
      since,
      MOST_LOOKED_AT,
    )) {
      const network = networkOf(address);
      const found = byNetwork.get(network);
      byNetwork.set(network, {
        address: network === address ? address : `${network}::/64`,
        count: count + (found?.count ?? 0),
        names: names + (found?.names ?? 0),
        unknown: unknown + (found?.unknown ?? 0),
        last: Math.max(last, found?.last ?? 0),
      });
    }
    return [...byNetwork.values()]
      .filter(({ count, names, unknown }) => count >= MANY_FAILURES || names + unknown >= MANY_NAMES)
      .sort((a, b) => b.count - a.count)
      .slice(0, MOST_SHOWN);
  }

  async function travellers(since: number): Promise<JournalAlerts["travellers"]> {
    const before = new Map<AccountId, Map<"v4" | "v6", { address: string; at: number }>>();
    const found = new Map<AccountId, { addresses: string[]; last: number }>();
    for (const { account, address, at } of await reading.arrivals(since, MOST_LOOKED_AT)) {
      const kind = address.includes(":") ? "v6" : "v4";
      const seen = before.get(account) ?? new Map();
      const last = seen.get(kind);
      if (last && at - last.at <= HOUR_MS && !areNear(last.address, address))
        found.set(account, { addresses: [last.address, address], last: at });
      before.set(account, seen.set(kind, { address, at }));
    }
    const newest = [...found].sort(([, a], [, b]) => b.last - a.last).slice(0, MOST_SHOWN);
    const people = await accounts.findPeople(newest.map(([account]) => account));
    return newest.map(([account, what]) => ({ account, person: people.get(account) ?? null, ...what }));
  }

  async function recoveries(since: number): Promise<JournalAlerts["recoveries"]> {
    const pages = await Promise.all(
      ["sign-in-code-used", "identity-reset"].map((event) =>
        reading.page({ event, from: since }, null, MOST_SHOWN),
      ),
    );
    const newest = pages.flatMap(({ rows }) => rows).sort((a, b) => b.id - a.id);
    return describe(newest.slice(0, MOST_SHOWN));
  }

  async function ask(now: number): Promise<JournalAlerts> {
    const since = now - DAY_MS;
    const [many, far, codes] = await Promise.all([failures(since), travellers(since), recoveries(since)]);
    return { failures: many, travellers: far, recoveries: codes };
  }

  return {
    async read(): Promise<JournalAlerts> {
      const now = clock();
      if (!fresh || now - fresh.at >= FRESH_MS) {
        const asked = { at: now, alerts: ask(now) };
        fresh = asked;
        asked.alerts.catch(() => {
          if (fresh === asked) fresh = null;
        });
      }
      return fresh.alerts;
    },
  };
}

/** By the first half of an IPv4 address, or the first two groups of an IPv6 one: where a line is, is not known here. */
function areNear(a: string, b: string): boolean {
  const networks = [a, b].map((address) =>
    address.includes(":")
      ? networkOf(address).split(":").slice(0, 2).join(":")
      : address.split(".").slice(0, 2).join("."),
  );
  return networks[0] === networks[1];
}
