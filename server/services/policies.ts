import type { AccountId } from "../../lib/base/ids.ts";
import {
  DEFAULT_POLICIES,
  POLICY_KEYS,
  type PolicyValues,
  policyChanges,
} from "../../lib/protocol/policies.ts";
import type { Accounts } from "../database/accounts.ts";
import type { PolicyRow, PolicyTable } from "../database/policies.ts";
import type { Log } from "../log.ts";
import type { Client } from "./client.ts";
import type { Journal } from "./journal.ts";
import type { Publish } from "./publish.ts";

export interface PolicyDeps {
  table: PolicyTable;
  accounts: Pick<Accounts, "findPeople">;
  journal: Journal;
  publish: Publish;
  log: Log;
  clock: () => number;
}

/**
 * What whoever runs the server has set. Asked for at every use, so that a change holds at once; other nodes learn of it by
 * the bus, and by looking every few seconds (server/jobs/settings.ts).
 */
export function createPolicies({ table, accounts, journal, publish, log, clock }: PolicyDeps) {
  let values = DEFAULT_POLICIES;
  let turn = 0;

  /** Reads them anew. A reading that another one overtook says nothing any more. */
  async function refresh(): Promise<void> {
    turn += 1;
    const mine = turn;
    const rows = await table.list();
    if (mine === turn) values = read(rows, log);
  }

  return {
    current: (): PolicyValues => values,
    refresh,

    /** All of them, with who changed them last. */
    async list() {
      const rows = await table.list();
      const now = read(rows, log);
      const authors = rows.flatMap(({ changedBy }) => changedBy ?? []);
      const people = await accounts.findPeople(authors);
      return POLICY_KEYS.map((key) => {
        const row = rows.find((candidate) => candidate.key === key);
        const by = row?.changedBy ? (people.get(row.changedBy) ?? null) : null;
        return { key, value: now[key], changed: row ? { at: row.changedAt, by } : null };
      });
    },

    /** @param by null for the command line. What is as it was is no change. Each change is in the journal with what was before. */
    async change(by: AccountId | null, changes: Partial<PolicyValues>, client: Client): Promise<void> {
      const before = read(await table.list(), log);
      const keys = POLICY_KEYS.filter((key) => changes[key] !== undefined && changes[key] !== before[key]);
      if (keys.length === 0) return;
      const written = keys.map((key) => [key, JSON.stringify(changes[key])] as const);
      await table.write(written, by, clock());
      await refresh();
      publish({ type: "policies" });
      await Promise.all(
        keys.map((key) => {
          const detail = `${key}: ${before[key]} -> ${changes[key]}`;
          return journal.record("policy-changed", "ok", client, by, detail);
        }),
      );
    },
  };
}

export type Policies = ReturnType<typeof createPolicies>;

/** What this version does not know, or would not take, counts as not set. */
function read(rows: readonly PolicyRow[], log: Log): PolicyValues {
  const set: Partial<PolicyValues> = {};
  for (const { key, value } of rows) {
    const one = policyChanges.safeParse({ [key]: parse(value) });
    if (one.success) Object.assign(set, one.data);
    else log.debug({ policy: key }, "policy not understood: its default holds");
  }
  return { ...DEFAULT_POLICIES, ...set };
}

/** Null for what is no JSON: no policy takes that. */
function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
