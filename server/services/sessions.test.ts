import { describe, expect, it, vi } from "vitest";
import { type AccountId, newId, type SessionId } from "../../lib/base/ids.ts";
import { DEFAULT_POLICIES, type PolicyValues } from "../../lib/protocol/policies.ts";
import type { SessionRow, Sessions } from "../database/sessions.ts";
import { hashToken } from "./client.ts";
import { createSessionService } from "./sessions.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const client = { address: "192.0.2.1", agent: "test" };

function setUp(role: SessionRow["role"] = "member") {
  const rows = new Map<SessionId, SessionRow>();
  let now = 1_800_000_000_000;
  const table: Omit<Sessions, "noticedId" | "setNoticed" | "touch"> = {
    async insert(row) {
      rows.set(row.id, {
        ...row,
        role,
        email: null,
        replacedHash: null,
        steppedUpAt: null,
        adminSeenAt: null,
        revokedAt: null,
      });
    },
    find: vi.fn(async (id: SessionId) => {
      const row = rows.get(id);
      return row ? { ...row } : null;
    }),
    async ofAccount(account) {
      return [...rows.values()].filter((row) => row.accountId === account && row.revokedAt === null);
    },
    async touchAdmin(id, at) {
      (rows.get(id) as SessionRow).adminSeenAt = at;
    },
    markActive: vi.fn(async () => {}),
    async setDevice() {},
    keepDevice: async () => true,
    async replaceSecret(id, secretHash, next, at) {
      const row = rows.get(id);
      if (!row || row.revokedAt !== null || String(row.secretHash) !== String(secretHash)) return false;
      rows.set(id, {
        ...row,
        secretHash: next,
        replacedHash: secretHash,
        steppedUpAt: at,
        adminSeenAt: at,
        lastSeenAt: at,
      });
      return true;
    },
    async revoke(id, at) {
      const row = rows.get(id);
      if (!row || row.revokedAt !== null) return false;
      row.revokedAt = at;
      return true;
    },
    async deleteEnded() {},
  };
  const journal = { record: vi.fn(async () => {}) };
  const publish = vi.fn();
  let policies: PolicyValues = DEFAULT_POLICIES;
  const activity = {
    note: vi.fn((id: SessionId, _account: AccountId, _firstToday: boolean, at: number) => {
      (rows.get(id) as SessionRow).lastSeenAt = at;
    }),
  };
  const sessions = createSessionService(
    table,
    activity,
    { current: () => policies },
    journal,
    async () => 0,
    publish,
    { warn() {} } as never,
    () => now,
  );
  return {
    sessions,
    table,
    activity,
    journal,
    publish,
    set: (changes: Partial<PolicyValues>) => {
      policies = { ...policies, ...changes };
    },
    pass: (ms: number) => {
      now += ms;
    },
    start: () => sessions.start(newId<AccountId>(), client),
    signOut: async (sid: string) => sessions.signOut(await sessions.admit(sid, false), client),
  };
}

const signedOut = { code: "signed-out" };

describe("a session", () => {
  it.each([
    ["member", 12 * HOUR],
    ["administrator", 30 * MINUTE],
  ] as const)("of a %s ends when idle for too long", async (role, idle) => {
    const { sessions, start, pass, publish, journal } = setUp(role);
    const sid = await start();
    pass(idle - 1);
    await sessions.admit(sid, true);
    pass(idle - 1);
    await sessions.admit(sid, false);
    pass(1);
    await expect(sessions.admit(sid, true)).rejects.toMatchObject(signedOut);
    expect(publish).toHaveBeenCalledWith({ type: "session-ended", session: sessions.idOf(sid) });
    expect(journal.record).toHaveBeenCalledTimes(1);
  });

  it.each([
    ["member", 7 * 24],
    ["administrator", 12],
  ] as const)("of a %s ends after its absolute limit, however busy", async (role, hours) => {
    const { sessions, start, pass } = setUp(role);
    const sid = await start();
    for (let i = 0; i < hours * 4 - 1; i++) {
      pass(15 * MINUTE);
      await sessions.admit(sid, true);
    }
    pass(15 * MINUTE);
    await expect(sessions.admit(sid, true)).rejects.toMatchObject(signedOut);
  });

  it("ends by the policy of the moment, also one that was begun before", async () => {
    const { sessions, start, pass, set } = setUp();
    const sid = await start();
    pass(2 * HOUR);
    set({ sessionIdleHours: 3 });
    await sessions.admit(sid, true);
    pass(2 * HOUR);
    set({ sessionIdleHours: 2 });
    await expect(sessions.admit(sid, true)).rejects.toMatchObject(signedOut);
  });

  it("marks its account active once on each day", async () => {
    const { sessions, table, activity, start, pass } = setUp();
    const firstToday = () => activity.note.mock.calls.filter(([, , first]) => first).length;
    const sid = await start();
    expect(table.markActive).toHaveBeenCalledTimes(1);
    pass(2 * MINUTE);
    await sessions.admit(sid, true);
    expect(firstToday()).toBe(0);
    for (let hours = 0; hours < 24; hours += 8) {
      pass(8 * HOUR);
      await sessions.admit(sid, true);
    }
    expect(firstToday()).toBe(1);
  });

  it("is refused from the moment it is signed out, whatever was cached", async () => {
    const { sessions, start, signOut } = setUp();
    const sid = await start();
    await sessions.admit(sid, true);
    await signOut(sid);
    await expect(sessions.admit(sid, true)).rejects.toMatchObject(signedOut);
  });

  it("is refused after a sign-out that overtook a reading of its row", async () => {
    const { sessions, table, start, pass } = setUp();
    const sid = await start();
    const session = await sessions.admit(sid, false);
    const living = await table.find(session.id);
    let answer = (_: SessionRow | null) => {};
    const signingOut = sessions.signOut(session, client);
    pass(MINUTE);
    const slow = new Promise<SessionRow | null>((resolve) => {
      answer = resolve;
    });
    vi.mocked(table.find).mockReturnValueOnce(slow);
    const reading = sessions.admit(sid, false);
    await signingOut;
    answer(living);
    await reading;
    await expect(sessions.admit(sid, false)).rejects.toMatchObject(signedOut);
  });

  it("that was signed out is signed out once in the journal", async () => {
    const { sessions, start, journal } = setUp();
    const session = await sessions.admit(await start(), false);
    await sessions.signOut(session, client);
    await sessions.signOut(session, client);
    expect(journal.record).toHaveBeenCalledTimes(1);
  });

  it("is read once by requests that come together", async () => {
    const { sessions, table, start } = setUp();
    const sid = await start();
    await Promise.all([1, 2, 3].map(() => sessions.admit(sid, false)));
    expect(table.find).toHaveBeenCalledTimes(1);
  });

  it("that never was is refused, and not remembered as absent", async () => {
    const { sessions, table } = setUp();
    const id = newId<SessionId>();
    for (let i = 0; i < 2; i++) await expect(sessions.require(id, false)).rejects.toMatchObject(signedOut);
    expect(table.find).toHaveBeenCalledTimes(2);
  });

  it.each([
    ["no secret", (sid: string) => sid.slice(0, 22)],
    ["another secret", (sid: string) => `${sid.slice(0, -1)}${sid.endsWith("A") ? "B" : "A"}`],
    ["something after it", (sid: string) => `${sid}.`],
    ["another session's secret", (_: string, other: string) => other.slice(0, 22) + _.slice(22)],
  ])("is not proved by %s", async (_, change) => {
    const { sessions, start } = setUp();
    const [sid, other] = [await start(), await start()];
    await expect(sessions.admit(change(sid, other), false)).rejects.toMatchObject(signedOut);
  });
});

describe("a step-up", () => {
  async function steppedUp() {
    const made = setUp();
    const before = await made.start();
    const after = await made.sessions.stepUp(await made.sessions.admit(before, true));
    const admit = (sid: string) => made.sessions.admit(sid, false);
    return { ...made, before, after, admit };
  }

  it("gives a right for five minutes, to the new secret of the same session alone", async () => {
    const { sessions, before, after, admit, pass, start } = await steppedUp();
    expect(after).not.toBe(before);
    expect(sessions.idOf(after)).toBe(sessions.idOf(before));
    expect(await admit(after)).toMatchObject({ steppedUp: true, current: true });
    expect(await admit(before)).toMatchObject({ steppedUp: false, current: false });
    expect(await admit(await start())).toMatchObject({ steppedUp: false, current: true });
    pass(5 * MINUTE - 1);
    expect(await admit(after)).toMatchObject({ steppedUp: true });
    pass(1);
    expect(await admit(after)).toMatchObject({ steppedUp: false, current: true });
  });

  it("leaves requests that are under way half a minute to arrive", async () => {
    const { before, after, admit, pass } = await steppedUp();
    pass(30_000 - 1);
    await admit(before);
    pass(1);
    await expect(admit(before)).rejects.toMatchObject(signedOut);
    await admit(after);
  });

  it("keeps only the last secret before it", async () => {
    const { sessions, before, after, admit } = await steppedUp();
    const third = await sessions.stepUp(await admit(after));
    await expect(admit(before)).rejects.toMatchObject(signedOut);
    await admit(after);
    await admit(third);
  });

  it("is won by one of two at once, and by nobody with a secret that was replaced", async () => {
    const { sessions, before, after, admit } = await steppedUp();
    await expect(sessions.stepUp(await admit(before))).rejects.toMatchObject({ code: "conflict" });
    const session = await admit(after);
    const [one, two] = await Promise.allSettled([sessions.stepUp(session), sessions.stepUp(session)]);
    expect([one.status, two.status]).toEqual(["fulfilled", "rejected"]);
  });

  it("fails in a session that was ended meanwhile, and ending one ends both secrets", async () => {
    const { sessions, before, after, admit, signOut } = await steppedUp();
    const session = await admit(after);
    await signOut(after);
    await expect(sessions.stepUp(session)).rejects.toMatchObject(signedOut);
    for (const sid of [before, after]) await expect(admit(sid)).rejects.toMatchObject(signedOut);
  });

  it("on another node is seen at once, whatever is cached here", async () => {
    const { sessions, table, after, admit } = await steppedUp();
    const { id, secretHash } = await admit(after);
    const elsewhere = `${id}.${"A".repeat(43)}`;
    const hash = hashToken("A".repeat(43));
    await table.replaceSecret(id, secretHash, hash, 1_800_000_000_000);
    expect(await sessions.admit(elsewhere, false)).toMatchObject({ steppedUp: true });
  });
});

describe("the administration", () => {
  const locked = { code: "step-up-required" };

  it("opens by a step-up, and closes when it is not in use for as long as the policy says", async () => {
    const { sessions, start, pass, set } = setUp("administrator");
    const sid = await start();
    const id = sessions.idOf(sid);
    const enter = (attended: boolean) => sessions.requireAdministration(id, attended);
    await expect(enter(true)).rejects.toMatchObject(locked);
    await sessions.stepUp(await sessions.admit(sid, true));
    set({ adminIdleMinutes: 10, adminSessionIdleMinutes: 600 });
    pass(9 * MINUTE);
    await enter(true);
    pass(9 * MINUTE);
    await enter(true);
    // What the page asks by itself keeps nothing open.
    pass(9 * MINUTE);
    await enter(false);
    pass(MINUTE);
    await expect(enter(true)).rejects.toMatchObject(locked);
    set({ adminIdleMinutes: 11 });
    await enter(true);
  });
});
