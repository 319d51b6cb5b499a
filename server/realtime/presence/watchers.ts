import type { AccountId } from "../../../lib/base/ids.ts";
import type { Presence } from "../../../lib/protocol/visibility.ts";
import type { Log } from "../../log.ts";
import type { ConversationService } from "../../services/conversations.ts";
import { createMinuteLimit } from "../../services/minute-limit.ts";
import type { Connection } from "../connection.ts";
import type { Apart } from "./apart.ts";

/** Changes wait this long for company. */
export const COALESCE_MS = 1_000;
/** How long an answer to "do these two share a conversation?" holds. */
const SHARED_MS = 5 * 60_000;
/** Questions of that kind that one account may cause. */
const QUESTIONS_A_MINUTE = 120;
/** Answers that are kept for one socket. */
const REMEMBERED = 2_000;
/** "Busy" is chosen, for every browser. */
const MOST_SHOWN: readonly Presence[] = ["busy", "online", "away"];

interface Watcher {
  readonly connection: Connection;
  /** What it was told of each person it looks at. */
  readonly told: Map<AccountId, Presence>;
  /** Until when the answer holds, and what it is. */
  readonly shares: Map<AccountId, { readonly until: number; readonly yes: boolean }>;
  /** Counts the sets it has looked at. */
  round: number;
}

/**
 * Who looks at whom. What a change costs depends on how many look at that person, not on how many there are; a
 * socket hears of all changes of a second at once. Of who shares no conversation with the asker, and of whom one of both has
 * blocked, it hears "offline".
 */
export function createWatchers(deps: {
  readonly conversations: Pick<ConversationService, "sharedWith">;
  readonly apart: Apart;
  readonly log: Log;
  readonly clock: () => number;
}) {
  const { conversations, apart, log, clock } = deps;
  /** As heard from each node; who is not in it is offline. */
  const presences = new Map<AccountId, Map<string, Presence>>();
  /** All sockets; null for those, most of them, that have not looked at anybody yet. */
  const watchers = new Map<Connection, Watcher | null>();
  const byPerson = new Map<AccountId, Set<Watcher>>();
  const questions = createMinuteLimit(QUESTIONS_A_MINUTE);
  let changed = new Map<Watcher, Set<AccountId>>();
  let isWaiting = false;

  /** Of somebody at several nodes what shows most. */
  function presenceOf(account: AccountId): Presence {
    const shown = [...(presences.get(account)?.values() ?? [])];
    return MOST_SHOWN.find((presence) => shown.includes(presence)) ?? "offline";
  }

  /** One question for all whose answer is not known, or too old. */
  async function learnShared(
    { connection, told, shares }: Watcher,
    people: Iterable<AccountId>,
  ): Promise<void> {
    const now = clock();
    const asked = [...people].filter((person) => (shares.get(person)?.until ?? 0) <= now);
    const { accountId } = connection.session;
    if (asked.length === 0 || !questions.take(accountId, now)) return;
    const sharing = new Set(await conversations.sharedWith(accountId, asked));
    if (shares.size + asked.length > REMEMBERED) {
      // Without an answer those who are looked at would be offline.
      const wanted = new Set([...told.keys(), ...people]);
      for (const person of shares.keys()) if (!wanted.has(person)) shares.delete(person);
    }
    for (const person of asked) shares.set(person, { until: now + SHARED_MS, yes: sharing.has(person) });
  }

  /** Tells what it has not heard yet. */
  function tell(watcher: Watcher, people: Iterable<AccountId>, all: boolean): void {
    const { connection, told, shares } = watcher;
    const news: { account: AccountId; presence: Presence }[] = [];
    for (const account of people) {
      const before = told.get(account);
      if (before === undefined) continue;
      const isSeen = shares.get(account)?.yes && !apart.are(account, connection.session.accountId);
      const presence = isSeen ? presenceOf(account) : "offline";
      told.set(account, presence);
      if (all || presence !== before) news.push({ account, presence });
    }
    if (news.length > 0) connection.sendText({ type: "presence", people: news });
  }

  function tellSoon(watcher: Watcher, person: AccountId): void {
    const people = changed.get(watcher);
    if (people) people.add(person);
    else changed.set(watcher, new Set([person]));
    if (isWaiting) return;
    isWaiting = true;
    setTimeout(flush, COALESCE_MS).unref();
  }

  function heard(account: AccountId, presence: Presence, node: string): void {
    const shown = presences.get(account) ?? new Map<string, Presence>();
    if (presence === "offline") shown.delete(node);
    else shown.set(node, presence);
    if (shown.size === 0) presences.delete(account);
    else presences.set(account, shown);
    for (const watcher of byPerson.get(account) ?? []) tellSoon(watcher, account);
  }

  function flush(): void {
    isWaiting = false;
    const batch = changed;
    changed = new Map();
    for (const [watcher, all] of batch) {
      // It may look elsewhere by now, or be gone.
      const people = [...all].filter((person) => watcher.told.has(person));
      learnShared(watcher, people)
        .then(() => tell(watcher, people, false))
        .catch((error) => log.warn({ err: error }, "presence not told"));
    }
  }

  function startWatching(connection: Connection): Watcher {
    const watcher: Watcher = { connection, told: new Map(), shares: new Map(), round: 0 };
    watchers.set(connection, watcher);
    return watcher;
  }

  function forget(watcher: Watcher): void {
    for (const person of watcher.told.keys()) {
      const set = byPerson.get(person);
      set?.delete(watcher);
      if (set?.size === 0) byPerson.delete(person);
    }
    watcher.told.clear();
  }

  return {
    /** In place of whom the socket looked at before. Answers with how all of them are. */
    async watch(connection: Connection, people: readonly AccountId[]): Promise<void> {
      if (!watchers.has(connection)) return;
      const watcher = watchers.get(connection) ?? startWatching(connection);
      watcher.round += 1;
      const { round } = watcher;
      await learnShared(watcher, people);
      // It looks elsewhere by now, or is gone.
      if (watcher.round !== round || !watchers.has(connection)) return;
      forget(watcher);
      for (const person of people) {
        watcher.told.set(person, "offline");
        const set = byPerson.get(person);
        if (set) set.add(watcher);
        else byPerson.set(person, new Set([watcher]));
      }
      tell(watcher, people, true);
    },

    heard,

    forgetNode(node: string): void {
      for (const [account, shown] of presences) if (shown.has(node)) heard(account, "offline", node);
    },

    /** Between that person and these it may look otherwise now. */
    review(account: AccountId, people: ReadonlySet<AccountId>): void {
      for (const watcher of byPerson.get(account) ?? [])
        if (people.has(watcher.connection.session.accountId)) tellSoon(watcher, account);
      for (const person of people)
        for (const watcher of byPerson.get(person) ?? [])
          if (watcher.connection.session.accountId === account) tellSoon(watcher, person);
    },

    /** A record was appended: any two of these may share a conversation now. */
    mayShare(members: readonly AccountId[]): void {
      const all = new Set(members);
      for (const watcher of watchers.values()) {
        if (!watcher || !all.has(watcher.connection.session.accountId)) continue;
        for (const [person, { yes }] of watcher.shares) {
          if (yes || !all.has(person)) continue;
          watcher.shares.delete(person);
          tellSoon(watcher, person);
        }
      }
    },

    add(connection: Connection): void {
      watchers.set(connection, null);
    },

    /** Whether that socket is still there. */
    has: (connection: Connection): boolean => watchers.has(connection),

    remove(connection: Connection): void {
      const watcher = watchers.get(connection);
      watchers.delete(connection);
      if (watcher) forget(watcher);
    },
  };
}
