import { describe, expect, it, vi } from "vitest";
import { type AccountId, newId } from "../../lib/base/ids.ts";
import { AppError } from "../../lib/protocol/errors.ts";
import type { Account } from "../database/accounts.ts";
import type { SignInChallenge } from "../database/challenges.ts";
import type { PasswordHasher } from "../passwords/hasher.ts";
import { createFactors } from "./factors.ts";
import type { Journal } from "./journal.ts";
import { createSignIn, type SignInDeps } from "./sign-in.ts";
import type { Counted, Throttle } from "./throttle.ts";
import type { KnownBrowser } from "./tokens.ts";

const client = { address: "192.0.2.1", agent: "test" };
const CODE = "123456";
const SIGN_IN_CODE = "k3v9".repeat(7);
const alice = { id: newId<AccountId>(), name: "alice", totpLastStep: 0 } as Account;

/** Sign-in over a table of one account, with a hasher and an authenticator that are counted. */
function setUp({ outdated = false, past = {} } = {}) {
  let now = 1_800_000_000_000;
  const kept = new Map<string, SignInChallenge & { expiresAt: number; attempts: number }>();
  const accounts = {
    findByName: vi.fn(async (name: string) => (name === "alice" ? alice : null)),
    findById: async () => alice,
    consumeTotpStep: async () => true,
    replacePasswordHash: async () => {},
    haveCredentialsChanged: vi.fn(async (_: AccountId, _since: number) => false),
  };
  const challenges = {
    async insert(id: Uint8Array, challenge: SignInChallenge, expiresAt: number) {
      kept.set(String(id), { ...challenge, expiresAt, attempts: 0 });
    },
    async find(id: Uint8Array, at: number) {
      const found = kept.get(String(id));
      return found && found.expiresAt > at ? found : null;
    },
    async attempt(id: Uint8Array, max: number) {
      const found = kept.get(String(id));
      if (!found || found.attempts >= max) return false;
      found.attempts += 1;
      return true;
    },
    take: async (id: Uint8Array) => kept.delete(String(id)),
    async deleteExpired() {},
  };
  const hasher = {
    verify: vi.fn(async (password: string, stored: unknown) => stored !== null && password === "right"),
    isOutdated: () => outdated,
    hash: vi.fn(() => new Promise<never>(() => {})),
  };
  const throttle = {
    attempt: vi.fn(async (_: readonly Counted[]) => {}),
    succeed: vi.fn(async () => {}),
  };
  const journal = { record: vi.fn(async (..._: Parameters<Journal["record"]>) => {}) };
  const startSession = vi.fn(async (..._: unknown[]) => "session");
  const history = {
    signInHistory: async () => ({ addresses: ["192.0.2.1"], failed: 0, throttled: 0, ...past }),
  };
  const takeCode = vi.fn(async (id: AccountId, code: string) => id === alice.id && code === SIGN_IN_CODE);
  const factors = createFactors({
    accounts,
    hasher: hasher as unknown as PasswordHasher,
    totp: { matchStep: (_: AccountId, __: unknown, code: string) => (code === CODE ? 7 : null) } as never,
    signInCodes: { take: takeCode } as never,
    throttle: throttle as unknown as Throttle,
    journal,
    counts: { add: () => {} },
    clock: () => now,
  });
  const revoke = vi.fn(async () => true);
  const signIn = createSignIn({
    database: { accounts, challenges, journal: history } as unknown as SignInDeps["database"],
    factors,
    throttle: throttle as unknown as Throttle,
    sessions: { start: startSession, idOf: (sid: string) => sid, revoke } as never,
    journal,
    accessRules: { mayEnter: () => true },
    clock: () => now,
  });
  const start = async (name: string, password = "right") =>
    (await signIn.start({ name, password }, client)).challenge;
  const confirm = (challenge: string, code = CODE, browser: KnownBrowser | null = null) =>
    signIn.confirm({ challenge, code }, client, browser);
  return {
    start,
    confirm,
    hasher,
    accounts,
    takeCode,
    throttle,
    journal,
    startSession,
    revoke,
    pass: (ms: number) => (now += ms),
  };
}

describe("step 1", () => {
  it.each(["alice", "nobody", "not ascii: é", "\ud800", ""])(
    "runs one bcrypt for the name %j",
    async (name) => {
      const { start, hasher } = setUp();
      expect(await start(name)).toMatch(/^[\w-]{43}$/);
      expect(hasher.verify).toHaveBeenCalledTimes(1);
      expect(hasher.hash).not.toHaveBeenCalled();
    },
  );

  it("does not wait for a password to be hashed anew: that would say that it is right", async () => {
    const { start, hasher } = setUp({ outdated: true });
    await start("alice");
    expect(hasher.hash).toHaveBeenCalledTimes(1);
  });

  it("hashes nothing anew for a wrong password or an unknown name", async () => {
    const { start, hasher } = setUp({ outdated: true });
    await start("alice", "wrong");
    await start("nobody");
    expect(hasher.hash).not.toHaveBeenCalled();
  });

  it.each(["nul\0", "\ud800", "x".repeat(1025)])("hashes nothing for %j", async (password) => {
    const { start, hasher } = setUp();
    await expect(start("alice", password)).rejects.toMatchObject({ code: "bad-password" });
    expect(hasher.verify).not.toHaveBeenCalled();
  });
});

describe("step 2", () => {
  it("signs in once with both factors right", async () => {
    const { start, confirm } = setUp();
    const challenge = await start("alice");
    expect(await confirm(challenge)).toEqual({ accountId: alice.id, sid: "session" });
    await expect(confirm(challenge)).rejects.toMatchObject({ code: "expired" });
  });

  it.each([
    ["password", "alice", "wrong", CODE],
    ["code", "alice", "right", "654321"],
    ["name", "nobody", "right", CODE],
  ])("refuses a wrong %s with the same code, and gives no attempt back", async (_, name, password, code) => {
    const { start, confirm, throttle } = setUp();
    await expect(confirm(await start(name, password), code)).rejects.toMatchObject({
      code: "bad-credentials",
    });
    expect(throttle.attempt).toHaveBeenCalledTimes(2);
    expect(throttle.succeed).not.toHaveBeenCalled();
  });

  it.each([
    ["nobody", "right"],
    ["alice", "wrong"],
    ["alice", "right"],
  ])(
    "asks the database the same about %s with the %s password: its time says nothing",
    async (name, password) => {
      const { start, confirm, accounts, takeCode } = setUp();
      const challenge = await start(name, password);
      accounts.findByName.mockClear();
      await expect(confirm(challenge, "0".repeat(28))).rejects.toMatchObject({ code: "bad-credentials" });
      expect(accounts.findByName).toHaveBeenCalledExactlyOnceWith(name);
      expect(takeCode).toHaveBeenCalledTimes(1);
    },
  );

  it("takes no code of whoever took a name over meanwhile", async () => {
    const { start, confirm, accounts, takeCode } = setUp();
    const challenge = await start("alice");
    accounts.findByName.mockResolvedValueOnce({ ...alice, id: newId<AccountId>() });
    await expect(confirm(challenge, SIGN_IN_CODE)).rejects.toMatchObject({ code: "bad-credentials" });
    expect(takeCode).not.toHaveBeenCalledWith(alice.id, SIGN_IN_CODE, client);
  });

  it("refuses a challenge after five minutes", async () => {
    const { start, confirm, pass } = setUp();
    const challenge = await start("alice");
    pass(5 * 60_000);
    await expect(confirm(challenge)).rejects.toMatchObject({ code: "expired" });
  });

  it.each([
    ["an account's own browser apart from strangers, by its id", alice.id, ["sign-in-browser"]],
    [
      "another account's browser like any other",
      newId<AccountId>(),
      ["sign-in-account", "sign-in-address", "sign-in-all"],
    ],
  ])("counts %s", async (_, accountId, scopes) => {
    const { start, confirm, throttle } = setUp();
    await confirm(await start("alice"), CODE, { accountId, id: "browser" });
    const counted = throttle.attempt.mock.calls[1]?.[0] ?? [];
    expect(counted.map(({ limit }) => limit.scope)).toEqual(scopes);
    expect(counted[0]?.subject).toBe(accountId === alice.id ? "browser" : "alice");
  });

  it("takes no browser for known by a name that does not exist", async () => {
    const { start, confirm, throttle } = setUp();
    const browser = { accountId: String(null), id: "browser" };
    await expect(confirm(await start("nobody"), CODE, browser)).rejects.toMatchObject({
      code: "bad-credentials",
    });
    expect(throttle.attempt.mock.calls[1]?.[0]).toHaveLength(3);
  });

  it("takes a sign-in code in place of the authenticator's", async () => {
    const { start, confirm, accounts } = setUp();
    expect(await confirm(await start("alice"), SIGN_IN_CODE)).toMatchObject({ sid: "session" });
    await expect(confirm(await start("alice"), "0".repeat(28))).rejects.toMatchObject({
      code: "bad-credentials",
    });
    expect(accounts.haveCredentialsChanged).toHaveBeenCalledTimes(1);
  });

  it("ends what began before a credential was replaced, counted from the start of the first step", async () => {
    const { start, confirm, accounts, revoke, pass } = setUp();
    const began = pass(0);
    const challenge = await start("alice");
    pass(60_000);
    accounts.haveCredentialsChanged.mockResolvedValueOnce(true);
    await expect(confirm(challenge)).rejects.toMatchObject({ code: "expired" });
    expect(accounts.haveCredentialsChanged).toHaveBeenCalledWith(alice.id, began);
    expect(revoke).toHaveBeenCalledWith("session");
  });

  it("judges nothing while the throttle blocks", async () => {
    const { start, confirm, throttle } = setUp();
    const challenge = await start("alice");
    throttle.attempt.mockRejectedValueOnce(Object.assign(new Error("wait"), { code: "too-many-requests" }));
    await expect(confirm(challenge)).rejects.toMatchObject({ code: "too-many-requests" });
    expect(await confirm(challenge)).toMatchObject({ sid: "session" });
  });

  it("writes down what the throttle refuses once a minute: the rest of a journal stays readable", async () => {
    const { start, confirm, throttle, journal, pass } = setUp();
    const [challenge, other] = [await start("alice"), await start("nobody")];
    throttle.attempt.mockRejectedValue(new AppError("too-many-requests"));
    const written = () => journal.record.mock.calls.map(([, outcome, , account]) => [outcome, account]);
    for (let i = 0; i < 4; i++) await confirm(challenge).catch(() => {});
    await confirm(other).catch(() => {});
    expect(written()).toEqual([
      ["throttled", alice.id],
      ["throttled", null],
    ]);
    pass(60_000);
    await confirm(challenge).catch(() => {});
    expect(written()).toHaveLength(3);
  });
});

describe("a right sign-in", () => {
  const own: KnownBrowser = { accountId: alice.id, id: "browser" };
  const otherOnes: KnownBrowser = { accountId: newId<AccountId>(), id: "browser" };

  it.each([
    ["in a known browser at a known address", {}, own, "ok", ""],
    ["in a new browser", {}, null, "suspicious", "new-browser"],
    ["in another account's browser", {}, otherOnes, "suspicious", "new-browser"],
    ["from a new address", { addresses: ["192.0.2.2"] }, own, "suspicious", "new-address"],
    ["after four failures", { failed: 4 }, own, "ok", ""],
    ["after five failures", { failed: 5 }, own, "suspicious", "many-failures"],
    ["after being throttled", { throttled: 1 }, own, "suspicious", "many-failures"],
    [
      "with all of it",
      { addresses: [], failed: 9 },
      null,
      "suspicious",
      "new-browser new-address many-failures",
    ],
  ])("%s is judged %j", async (_, past, browser, outcome, detail) => {
    const { start, confirm, journal, startSession } = setUp({ past });
    await confirm(await start("alice"), CODE, browser);
    const by = { ...client, session: "session" };
    expect(journal.record).toHaveBeenCalledExactlyOnceWith("sign-in", outcome, by, alice.id, detail);
    expect(startSession).toHaveBeenCalledWith(alice.id, client, detail, null);
  });
});
