import { describe, expect, it } from "vitest";
import { type AccountId, newId } from "../../lib/base/ids.ts";
import type { ServerState } from "../database/server-state.ts";
import { createFirstRun } from "./first-run.ts";

function setUp(accountExists = true) {
  const rows = new Map<string, Uint8Array>();
  const state: ServerState = {
    find: async (key) => rows.get(key) ?? null,
    async claim(key, value) {
      if (rows.has(key)) return false;
      rows.set(key, value);
      return true;
    },
    async release(key) {
      rows.delete(key);
    },
  };
  return createFirstRun(state, async () => accountExists);
}

const account = () => newId<AccountId>();
const closed = { code: "registration-closed" };

describe("the first run", () => {
  it.each([
    ["no token", undefined],
    ["an empty one", ""],
    ["a made-up one", "A".repeat(43)],
  ])("registers nobody with %s", async (_, token) => {
    const firstRun = setUp();
    await firstRun.issueToken();
    await expect(firstRun.requireSeat(token)).rejects.toMatchObject(closed);
  });

  it("registers nobody before a token was issued", async () => {
    await expect(setUp().requireSeat(undefined)).rejects.toMatchObject(closed);
  });

  it("takes the newest token only: each start prints another", async () => {
    const firstRun = setUp();
    const [first, second] = [await firstRun.issueToken(), await firstRun.issueToken()];
    await expect(firstRun.requireSeat(first ?? "")).rejects.toMatchObject(closed);
    expect(await firstRun.requireSeat(second ?? "")).toBe("administrator");
  });

  it("seats one of two administrators who confirm at once", async () => {
    const firstRun = setUp();
    const make = async () => true;
    const results = await Promise.allSettled([
      firstRun.fill("administrator", account(), make),
      firstRun.fill("administrator", account(), make),
    ]);
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  it("frees a seat whose account was never made, as a crash between the two leaves it", async () => {
    const firstRun = setUp(false);
    await firstRun.issueToken();
    await firstRun.fill("administrator", account(), async () => true);
    const token = await firstRun.issueToken();
    expect(await firstRun.requireSeat(token ?? "")).toBe("administrator");
  });

  it("is over once the administrator exists: the token makes members, and no further one is issued", async () => {
    const firstRun = setUp();
    const token = (await firstRun.issueToken()) ?? "";
    await firstRun.fill("administrator", account(), async () => true);
    expect(await firstRun.requireSeat(token)).toBe("member");
    expect(await firstRun.requireSeat(undefined)).toBe("member");
    expect(await firstRun.issueToken()).toBeNull();
  });

  it.each([
    ["its name was taken", async () => false],
    ["the database failed", () => Promise.reject(new Error("away"))],
  ])("stays open, with the same token, when the account is not made because %s", async (_, make) => {
    const firstRun = setUp();
    const token = (await firstRun.issueToken()) ?? "";
    await firstRun.fill("administrator", account(), make).catch(() => {});
    expect(await firstRun.requireSeat(token)).toBe("administrator");
  });
});
