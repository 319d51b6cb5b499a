import { spawn } from "node:child_process";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type AccountId, idFromBytes, newId, type SessionId } from "../../lib/base/ids.ts";
import { createEntrance } from "../../lib/client/entrance.ts";
import type { ChainRow } from "../../server/database/journal.ts";
import { addressOf, followsFrom } from "../../server/services/journal-chain.ts";
import { registerDevice, totpCode } from "../../server/testing/device.ts";
import { nodePlatform } from "../../server/testing/node-platform.ts";
import { type ServerProcess, startServer } from "../../server/testing/server-process.ts";
import { confirmSignIn, csrf, isSignedIn, register, startSignIn } from "./support/accounts.ts";
import { withDatabase } from "./support/data-folder.ts";
import { cookieHeader, post, send } from "./support/http.ts";

interface Row {
  readonly id: number;
  readonly at: Date;
  readonly event: string;
  readonly outcome: string;
  readonly account_id: Buffer | null;
  readonly session_id: Buffer | null;
  readonly address: string;
  readonly address_salt: Buffer | null;
  readonly address_digest: Buffer | null;
  readonly agent: string;
  readonly detail: string;
  readonly hash: Buffer;
}

const AGENT = "Mozilla/5.0 (é)";
const FORGED = {
  "x-forwarded-for": "198.51.100.7",
  forwarded: "for=198.51.100.7",
  "x-real-ip": "198.51.100.7",
};

let server: ServerProcess;
let rows: Row[];
let head: Buffer;

/** Step 2 of a sign-in with these headers. */
async function signIn(name: string, code: string, headers: Record<string, string>) {
  const challenge = await startSignIn(server, name);
  const { token, headers: cookie } = await csrf(server);
  const body = { challenge, code, csrfToken: token, json: "true" };
  return post(server, "/api/auth/callback/credentials", body, { ...cookie, ...headers });
}

beforeAll(async () => {
  server = await startServer();
  const dana = await registerDevice(server, "dana");
  const carol = await register(server, "carol");
  const cookie = cookieHeader(dana.profile);
  await send(server, "GET", `/api/conversations/${newId()}/records`, {
    headers: { ...cookie, "user-agent": AGENT },
  });
  dana.close();
  await signIn("carol", "000000", FORGED);
  await signIn("nobody", "000000", { "user-agent": "x".repeat(400) });
  for (let i = 0; i < 5; i++) await signIn("blocked", "000000", {});
  await createEntrance(nodePlatform(server.origin, carol.profile)).signOut();

  // The same data behind a proxy that is trusted.
  await server.kill("SIGTERM");
  const { dataFolder, port } = server;
  server = await startServer({ dataFolder, port, env: { ...process.env, TRUSTED_PROXIES: "127.0.0.1" } });
  const chain = { "x-forwarded-for": "198.51.100.7, 2001:db8::5" };
  expect(isSignedIn(await signIn("carol", totpCode(carol.totpSecret), chain))).toBe(true);
  await confirmSignIn(server, { challenge: await startSignIn(server, "blocked"), code: "000000" });
  await server.kill("SIGTERM");

  await withDatabase(dataFolder, async (pool) => {
    rows = await pool.query("SELECT * FROM journal ORDER BY id");
    const [state] = await pool.query("SELECT value FROM server_state WHERE `key` = 'journal-head'");
    head = state.value;
  });
});

afterAll(() => server?.dispose());

const find = (event: string, outcome: string) =>
  rows.filter((row) => row.event === event && row.outcome === outcome);

function chainRow({ account_id, session_id, at, ...row }: Row): ChainRow {
  return {
    ...row,
    at: at.getTime(),
    accountId: account_id && idFromBytes<AccountId>(account_id),
    sessionId: session_id && idFromBytes<SessionId>(session_id),
    addressSalt: row.address_salt,
    addressDigest: row.address_digest,
  };
}

/** Ids of the rows whose hash is not what the rows up to it say, or whose address is not the one their digest says. */
function broken(chain: readonly Row[]): number[] {
  let previous: Uint8Array = new Uint8Array(32);
  return chain
    .filter((row) => {
      const right = followsFrom(previous, chainRow(row)) && addressOf(chainRow(row)) === "kept";
      previous = row.hash;
      return !right;
    })
    .map(({ id }) => id);
}

describe("the journal", () => {
  test.each([
    ["registration", "ok", 2],
    ["keys-made", "ok", 1],
    ["access-denied", "failed", 1],
    ["sign-in", "failed", 7],
    ["sign-in", "throttled", 1],
    ["sign-in", "suspicious", 1],
    ["sign-out", "ok", 1],
  ])("has each %s, %s", (event, outcome, times) => {
    expect(find(event, outcome)).toHaveLength(times);
  });

  test("names the account where there is one, and says where there is none", () => {
    for (const { account_id, detail } of find("sign-in", "failed")) {
      expect(detail).toBe(account_id ? "" : "unknown name");
    }
    expect(find("sign-in", "failed").filter(({ account_id }) => account_id)).toHaveLength(1);
    expect(find("sign-out", "ok")[0]?.account_id).toEqual(find("sign-in", "suspicious")[0]?.account_id);
  });

  test("has the browser's name as sent, at most 255 characters of it", () => {
    expect(find("access-denied", "failed")[0]?.agent).toBe(AGENT);
    expect(find("sign-in", "failed")[1]?.agent).toBe("x".repeat(255));
  });

  test("has the socket's address, whatever a request claims to come from", () => {
    const direct = rows.filter(({ id }) => id < (find("sign-in", "suspicious")[0]?.id ?? 0));
    expect(direct.length).toBeGreaterThan(10);
    for (const { address } of direct) expect(address).toBe("127.0.0.1");
  });

  test("has the address that a trusted proxy saw, not what its client claims", () => {
    expect(find("sign-in", "suspicious")[0]?.address).toBe("2001:db8::5");
  });

  test("says what was unusual about a sign-in, and which session did what", () => {
    const [signIn] = find("sign-in", "suspicious");
    expect(signIn?.detail).toBe("new-browser new-address");
    for (const row of [signIn, find("keys-made", "ok")[0], find("sign-out", "ok")[0]])
      expect(row?.session_id).toHaveLength(16);
    expect(find("sign-in", "failed")[0]?.session_id).toBeNull();
  });

  test("holds no code, password or name that was typed", () => {
    expect(JSON.stringify(rows)).not.toMatch(/000000|correct horse|nobody|blocked/);
  });
});

describe("its chain", () => {
  test("is whole, dense from 1, and ends in the head that is kept apart", () => {
    expect(broken(rows)).toEqual([]);
    expect(rows.map(({ id }) => id)).toEqual(rows.map((_, i) => i + 1));
    expect(head.subarray(8)).toEqual(rows.at(-1)?.hash);
    expect(head.readBigUInt64BE()).toBe(BigInt(rows.length));
  });

  test.each([
    ["time", { at: new Date(0) }],
    ["outcome", { outcome: "ok" }],
    ["event", { event: "sign-out" }],
    ["account", { account_id: Buffer.alloc(16, 1) }],
    ["session", { session_id: Buffer.alloc(16, 1) }],
    ["address", { address: "203.0.113.1" }],
    ["agent", { agent: "other" }],
    ["detail", { detail: "other" }],
    ["number", { id: 999 }],
  ])("shows a changed %s", (_, change) => {
    const at = rows.findIndex(({ event, outcome }) => event === "sign-in" && outcome === "failed");
    const changed = rows.with(at, { ...(rows[at] as Row), ...change });
    expect(broken(changed)).toHaveLength(1);
  });

  test("shows a removed row, an added one, and two that changed places", () => {
    const [a, b, ...rest] = rows as [Row, Row, ...Row[]];
    expect(broken([a, ...rest])).not.toEqual([]);
    expect(broken([a, a, b, ...rest])).not.toEqual([]);
    expect(broken([b, a, ...rest])).not.toEqual([]);
  });
});

describe("npm run journal:verify", () => {
  const ROOT = join(import.meta.dirname, "..", "..");

  function verify(...args: string[]): Promise<{ code: number | null; said: string }> {
    const program = ["dist/journal-verify.mjs", "--data", server.dataFolder, ...args];
    const child = spawn(process.execPath, program, {
      cwd: ROOT,
      env: { ...process.env, NODE_ENV: "production" },
    });
    let said = "";
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (text: string) => {
        said += text;
      });
    return new Promise((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (code) => resolve({ code, said }));
    });
  }

  test("finds it whole, then what was done to it, and says so by its exit code", async () => {
    const whole = await verify();
    expect(whole).toEqual({
      code: 0,
      said: expect.stringContaining(`The journal is whole: ${rows.length} entries.`),
    });
    const checkpoint = /^Checkpoint: (\d+:[0-9a-f]{64})$/m.exec(whole.said)?.[1] ?? "";
    expect(checkpoint).toBe(`${rows.length}:${head.subarray(8).toString("hex")}`);
    await withDatabase(server.dataFolder, async (pool) => {
      await pool.query("UPDATE journal SET detail = 'changed' WHERE id = 3");
      await pool.query("DELETE FROM journal WHERE id = 6");
      // While somebody else holds the folder.
      expect(await verify()).toEqual({ code: 3, said: expect.stringContaining("Another Sceau is running") });
    });
    const broken = await verify("--expect", checkpoint.replace(/^\d+/, "2"));
    expect(broken.code).toBe(1);
    for (const sentence of [
      "Entry 3 does not follow",
      "Missing: 6.",
      "Entry 2 is not the one that the checkpoint",
    ])
      expect(broken.said).toContain(sentence);
    expect((await verify("--expect", "6")).code).toBe(2);
    expect((await verify("--unknown")).code).toBe(2);
  });
});
