import { describe, expect, it, vi } from "vitest";
import { type AccountId, newId } from "../../lib/base/ids.ts";
import type { SessionRow, Sessions } from "../database/sessions.ts";
import { createSessionService } from "./sessions.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const client = { address: "192.0.2.1", agent: "test" };

function setUp(role: SessionRow["role"] = "member") {
  const rows = new Map<string, SessionRow>();
  let now = 1_800_000_000_000;
  const table: Sessions = {
    async insert(row) {
      rows.set(String(row.idHash), { ...row, role });
    },
    find: vi.fn(async (hash: Uint8Array) => {
      const row = rows.get(String(new Uint8Array(hash)));
      return row ? { ...row } : null;
    }),
    async touch(hash, at) {
      (rows.get(String(new Uint8Array(hash))) as SessionRow).lastSeenAt = at;
    },
    async setDevice() {},
    async revoke(hash, at) {
      const row = rows.get(String(new Uint8Array(hash)));
      if (!row || row.revokedAt !== null) return false;
      row.revokedAt = at;
      return true;
    },
    async deleteEnded() {},
  };
  const journal = { record: vi.fn(async () => {}) };
  const publish = vi.fn();
  const sessions = createSessionService(table, journal, publish, { warn() {} } as never, () => now);
  return {
    sessions,
    table,
    journal,
    publish,
    pass: (ms: number) => {
      now += ms;
    },
    async start() {
      return sessions.keyOf(await sessions.start(newId<AccountId>(), client));
    },
  };
}

const signedOut = { code: "signed-out" };

describe("a session", () => {
  it.each([
    ["member", 12 * HOUR],
    ["administrator", 30 * MINUTE],
  ] as const)("of a %s ends when idle for too long", async (role, idle) => {
    const { sessions, start, pass, publish, journal } = setUp(role);
    const key = await start();
    pass(idle - 1);
    await sessions.require(key, true);
    pass(idle - 1);
    await sessions.require(key, false);
    pass(1);
    await expect(sessions.require(key, true)).rejects.toMatchObject(signedOut);
    expect(publish).toHaveBeenCalledWith({ type: "session-ended", session: key });
    expect(journal.record).toHaveBeenCalledTimes(1);
  });

  it.each([
    ["member", 7 * 24],
    ["administrator", 12],
  ] as const)("of a %s ends after its absolute limit, however busy", async (role, hours) => {
    const { sessions, start, pass } = setUp(role);
    const key = await start();
    for (let i = 0; i < hours * 4 - 1; i++) {
      pass(15 * MINUTE);
      await sessions.require(key, true);
    }
    pass(15 * MINUTE);
    await expect(sessions.require(key, true)).rejects.toMatchObject(signedOut);
  });

  it("is refused from the moment it is signed out, whatever was cached", async () => {
    const { sessions, start } = setUp();
    const key = await start();
    await sessions.require(key, true);
    await sessions.signOut(key, client);
    await expect(sessions.require(key, true)).rejects.toMatchObject(signedOut);
  });

  it("is refused after a sign-out that overtook a reading of its row", async () => {
    const { sessions, table, start, pass } = setUp();
    const key = await start();
    const living = await table.find(Buffer.from(key, "base64url"));
    let answer = (_: SessionRow | null) => {};
    const signingOut = sessions.signOut(key, client);
    // After signOut has read the row and before it has revoked it.
    await Promise.resolve();
    pass(MINUTE);
    const slow = new Promise<SessionRow | null>((resolve) => {
      answer = resolve;
    });
    vi.mocked(table.find).mockReturnValueOnce(slow);
    const reading = sessions.require(key, false);
    await signingOut;
    answer(living);
    await reading;
    await expect(sessions.require(key, false)).rejects.toMatchObject(signedOut);
  });

  it("that was signed out is signed out once in the journal", async () => {
    const { sessions, start, journal } = setUp();
    const key = await start();
    await sessions.signOut(key, client);
    await sessions.signOut(key, client);
    expect(journal.record).toHaveBeenCalledTimes(1);
  });

  it("is read once by requests that come together", async () => {
    const { sessions, table, start } = setUp();
    const key = await start();
    await Promise.all([1, 2, 3].map(() => sessions.require(key, false)));
    expect(table.find).toHaveBeenCalledTimes(1);
  });

  it("that never was is refused, and not remembered as absent", async () => {
    const { sessions, table } = setUp();
    const key = sessions.keyOf("no such session");
    for (let i = 0; i < 2; i++) await expect(sessions.require(key, false)).rejects.toMatchObject(signedOut);
    expect(table.find).toHaveBeenCalledTimes(2);
  });
});
