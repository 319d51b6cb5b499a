import type { AccountId } from "../../../lib/base/ids.ts";
import { AppError } from "../../../lib/protocol/errors.ts";
import type {
  JournalEvent,
  JournalFormat,
  JournalOutcome,
  JournalPage,
  JournalRow,
  JournalVerificationLine,
} from "../../../lib/protocol/http/admin/journal.ts";
import type { Accounts, Person } from "../../database/accounts.ts";
import type { JournalFilter, JournalPlace, JournalReading } from "../../database/admin/journal.ts";
import type { StoredEntry } from "../../database/journal.ts";
import type { JournalChain } from "../../database/journal-chain.ts";
import { parseAddressRange } from "../address-range.ts";
import type { Client } from "../client.ts";
import type { Journal } from "../journal.ts";
import { checkpointOf, parseCheckpoint } from "../journal-checkpoint.ts";
import { asAccount, doerOf } from "../journal-doer.ts";
import { verifyJournal } from "../journal-verification.ts";
import { createJournalAlerts } from "./journal-alerts.ts";
import { CSV_HEAD, exportLine } from "./journal-export.ts";

const PAGE = 50;
const EXPORT_PAGE = 1_000;
/** Each reads the whole table. */
const MOST_VERIFYING = 2;
const RETRY_SECONDS = 30;

export interface AdminJournalDeps {
  reading: JournalReading;
  chain: JournalChain;
  accounts: Pick<Accounts, "findPeople" | "findByName">;
  journal: Journal;
  clock: () => number;
}

export interface JournalQuestion {
  readonly person?: string | undefined;
  readonly event?: JournalEvent | undefined;
  readonly outcome?: JournalOutcome | undefined;
  readonly address?: string | undefined;
  readonly from?: number | undefined;
  readonly until?: number | undefined;
}

/** The journal of everybody: found, watched, taken along and checked. */
export function createAdminJournal(deps: AdminJournalDeps) {
  const { reading, chain, accounts, journal } = deps;
  const alerts = createJournalAlerts(deps, (entries) => describe(entries));
  let verifying = 0;

  /** @returns null for a person who never was. @throws AppError "bad-request" for what is no address */
  async function filterOf({ person, address, ...rest }: JournalQuestion): Promise<JournalFilter | null> {
    const account = person && (await accountOf(person));
    if (account === null) return null;
    return {
      ...rest,
      ...(account && { account }),
      ...(address && { addresses: parseAddressRange(address) }),
    };
  }

  async function accountOf(text: string): Promise<AccountId | null> {
    const name = text.replace(/^@/, "").toLowerCase();
    const found = await accounts.findByName(name);
    return found?.id ?? asAccount(text);
  }

  async function describe(entries: readonly StoredEntry[]): Promise<JournalRow[]> {
    const ids = entries.flatMap((entry) => [entry.accountId, doerOf(entry)]);
    const people = await accounts.findPeople([...new Set(ids.filter((id) => id !== null))]);
    const find = (id: AccountId | null): Person | null => (id && people.get(id)) || null;
    return entries.map(({ sessionId: _, accountId, outcome, ...entry }) => ({
      ...entry,
      outcome: outcome as JournalOutcome,
      account: accountId,
      person: find(accountId),
      by: find(doerOf(entry)),
    }));
  }

  async function page(question: JournalQuestion, after: JournalPlace | null): Promise<JournalPage> {
    const filter = await filterOf(question);
    if (!filter) return { rows: [], next: null, lookedTo: null };
    const { rows, next } = await reading.page(filter, after, PAGE);
    return {
      rows: await describe(rows),
      next: next && `${next.at}~${next.id}`,
      lookedTo: rows.length < PAGE ? (next?.at ?? null) : null,
    };
  }

  return {
    /** @param after `next` of the page before. @throws AppError "bad-request" */
    list: ({ after, ...question }: JournalQuestion & { after?: string | undefined }) =>
      page(question, after === undefined ? null : parsePlace(after)),

    /** The newest ones, for a page that asks again and again. */
    tail: (question: JournalQuestion) => page(question, null),

    alerts: alerts.read,

    /**
     * Everything that fits, as it is read: what nobody takes is not asked for. Written down before the first line, without
     * names and addresses: they would outlive an account that ends, and the addresses of the entries.
     * @throws AppError "bad-request"
     */
    async export(
      actor: { readonly accountId: AccountId | null },
      question: JournalQuestion,
      format: JournalFormat,
      client: Client,
    ) {
      const filter = await filterOf(question);
      const { person, address, ...rest } = question;
      const asked = {
        person: person && (filter?.account ?? "unknown"),
        ...rest,
        address: address && "not kept",
      };
      const said = Object.entries(asked).flatMap(([key, value]) =>
        value === undefined ? [] : [`${key} ${value}`],
      );
      await journal.record("journal-export", "ok", client, actor.accountId, [format, ...said].join(", "));
      return lines(filter, format);
    },

    /** @param expect as somebody wrote it down. @throws AppError "overloaded" while others do the same */
    verify(expect?: string): AsyncGenerator<string> {
      if (verifying >= MOST_VERIFYING) throw new AppError("overloaded", "verifying already", RETRY_SECONDS);
      return verification(expect);
    },
  };

  async function* lines(filter: JournalFilter | null, format: JournalFormat): AsyncGenerator<string> {
    if (format === "csv") yield CSV_HEAD;
    let after: JournalPlace | null = null;
    while (filter) {
      const { rows, next } = await reading.page(filter, after, EXPORT_PAGE);
      const ids = rows.flatMap(({ accountId }) => accountId ?? []);
      const people = await accounts.findPeople([...new Set(ids)]);
      const nameOf = (id: AccountId | null) => (id && people.get(id)?.name) || "";
      if (rows.length > 0) yield rows.map((row) => exportLine(row, nameOf(row.accountId), format)).join("");
      if (!next) return;
      after = next;
    }
  }

  async function* verification(expect?: string): AsyncGenerator<string> {
    const line = (said: JournalVerificationLine) => `${JSON.stringify(said)}\n`;
    verifying += 1;
    try {
      const steps = verifyJournal(chain, expect === undefined ? null : parseCheckpoint(expect));
      let step = await steps.next();
      for (; !step.done; step = await steps.next()) yield line(step.value);
      const { head, faults, ...verdict } = step.value;
      yield line({ ...verdict, faults: [...faults], checkpoint: head && checkpointOf(head) });
    } finally {
      verifying -= 1;
    }
  }
}

function parsePlace(text: string): JournalPlace {
  const [at = 0, id = 0] = text.split("~").map(Number);
  return { at, id };
}
