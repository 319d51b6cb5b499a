import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createEntrance } from "../../lib/client/entrance.ts";
import { totpCode } from "../../server/testing/device.ts";
import { newProfile, nodePlatform, type Profile } from "../../server/testing/node-platform.ts";
import { type ServerProcess, startServer } from "../../server/testing/server-process.ts";
import { PASSWORD, register, startSignIn } from "./support/accounts.ts";
import { withDatabase } from "./support/data-folder.ts";
import { type Answer, cookieHeader, post, send } from "./support/http.ts";
import { openSocket } from "./support/sockets.ts";

const COOKIE = "__Host-sceau-session";
const WRONG = "000000";

let server: ServerProcess;

beforeAll(async () => {
  server = await startServer();
  await register(server, "root", server.firstRunToken);
});

afterAll(() => server?.dispose());

const outcome = ({ status, code }: Answer) => [status, code];

function stepUp(profile: Profile, code: string, password: unknown = PASSWORD): Promise<Answer> {
  return post(server, "/api/step-up", { password, code }, cookieHeader(profile));
}

/** The cookie that an answer sets, kept as a browser keeps it. */
function keep(profile: Profile, { headers }: Answer): void {
  const pair = headers["set-cookie"]?.find((cookie) => cookie.startsWith(`${COOKIE}=`))?.split(";")[0];
  if (!pair) throw new Error("no session cookie");
  profile.cookies.set(COOKIE, pair.slice(COOKIE.length + 1));
}

const me = (profile: Profile) => send(server, "GET", "/api/me", { headers: cookieHeader(profile) });
const copy = (profile: Profile): Profile => ({ ...newProfile(), cookies: new Map(profile.cookies) });

describe("a step-up", () => {
  test("renews the cookie, leaves sockets open, and the old cookie a while", async () => {
    const { profile, totpSecret } = await register(server, "alice");
    const otherTab = await openSocket(server, profile);
    const before = copy(profile);
    const answer = await stepUp(profile, totpCode(totpSecret));
    expect(answer.status).toBe(204);
    keep(profile, answer);
    expect(profile.cookies.get(COOKIE)).not.toBe(before.cookies.get(COOKIE));
    expect((await me(profile)).status).toBe(200);
    expect((await me(before)).status).toBe(200);
    expect(otherTab.socket.readyState).toBe(otherTab.socket.OPEN);
    otherTab.close();
  });

  test("is not undone by a renewal that another tab has under way", async () => {
    const { profile, totpSecret } = await register(server, "anna");
    const before = copy(profile);
    keep(profile, await stepUp(profile, totpCode(totpSecret)));
    const renewal = await send(server, "GET", "/api/auth/session", { headers: cookieHeader(before) });
    expect(renewal.body).toContain('"user"');
    expect(renewal.headers["set-cookie"]?.join() ?? "").not.toContain(`${COOKIE}=`);
    const own = await send(server, "GET", "/api/auth/session", { headers: cookieHeader(profile) });
    expect(own.headers["set-cookie"]?.join()).toContain(`${COOKIE}=`);
  });

  test("ends with its session, whichever cookie is used", async () => {
    const { profile, totpSecret } = await register(server, "arno");
    const before = copy(profile);
    keep(profile, await stepUp(profile, totpCode(totpSecret)));
    const socket = await openSocket(server, before);
    await createEntrance(nodePlatform(server.origin, copy(profile))).signOut();
    expect(await socket.closed).toBe(4401);
    for (const each of [profile, before]) expect(outcome(await me(each))).toEqual([401, "signed-out"]);
    expect(outcome(await stepUp(before, totpCode(totpSecret)))).toEqual([401, "signed-out"]);
  });

  test("says the same whichever factor is wrong, and does not use up a code without the password", async () => {
    const { profile, totpSecret } = await register(server, "bob");
    const code = totpCode(totpSecret);
    expect(outcome(await stepUp(profile, WRONG))).toEqual([401, "bad-credentials"]);
    expect(outcome(await stepUp(profile, code, "not the password"))).toEqual([401, "bad-credentials"]);
    expect((await stepUp(profile, code)).status).toBe(204);
  });

  test("takes a code once: not the one that signed in, and one of twenty at once", async () => {
    const { profile, totpSecret } = await register(server, "carol");
    const fresh = newProfile();
    const entrance = createEntrance(nodePlatform(server.origin, fresh));
    const code = totpCode(totpSecret);
    await entrance.confirmSignIn({ challenge: await startSignIn(server, "carol"), code });
    expect(outcome(await stepUp(fresh, code))).toEqual([401, "bad-credentials"]);

    const dora = await register(server, "dora");
    const again = totpCode(dora.totpSecret);
    const answers = await Promise.all(Array.from({ length: 20 }, () => stepUp(dora.profile, again)));
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
    expect((await me(profile)).status).toBe(200);
  });

  test.each([
    ["a code of letters", { password: PASSWORD, code: "abcdef" }, "bad-request"],
    ["a code that is an array", { password: PASSWORD, code: [WRONG] }, "bad-request"],
    ["full-width digits", { password: PASSWORD, code: "１２３４５６" }, "bad-request"],
    ["no password", { code: WRONG }, "bad-request"],
    ["NUL in the password", { password: "a\0b", code: WRONG }, "bad-password"],
    ["a password above 1,024 bytes", { password: "x".repeat(1025), code: WRONG }, "bad-password"],
    ["a further field", { password: PASSWORD, code: WRONG, name: "root" }, "bad-request"],
  ])("refuses %s", async (_, body, code) => {
    const { profile } = await register(server, `form.${Date.now() % 1e9}`);
    expect(outcome(await post(server, "/api/step-up", body, cookieHeader(profile)))).toEqual([400, code]);
  });

  test("is throttled as signing in is, with the same counter", async () => {
    const { profile, totpSecret } = await register(server, "erin");
    for (let i = 0; i < 5; i++) expect((await stepUp(profile, WRONG)).status).toBe(401);
    const blocked = await stepUp(profile, totpCode(totpSecret));
    expect(outcome(blocked)).toEqual([429, "too-many-requests"]);
    expect(Number(blocked.headers["retry-after"])).toBeGreaterThan(800);
    const entrance = createEntrance(nodePlatform(server.origin, newProfile()));
    const step = { challenge: await startSignIn(server, "erin"), code: totpCode(totpSecret) };
    await expect(entrance.confirmSignIn(step)).rejects.toMatchObject({ code: "too-many-requests" });
  });
});

test("the journal has each step-up with its outcome", async () => {
  await server.kill("SIGTERM");
  await withDatabase(server.dataFolder, async (pool) => {
    const rows: { outcome: string; n: number }[] = await pool.query(
      "SELECT outcome, CAST(COUNT(*) AS INT) n FROM journal WHERE event = 'step-up' GROUP BY outcome",
    );
    const counts = Object.fromEntries(rows.map(({ outcome, n }) => [outcome, n]));
    expect(counts.ok).toBe(5);
    expect(counts.failed).toBeGreaterThanOrEqual(2 + 1 + 5);
    expect(counts.throttled).toBeGreaterThanOrEqual(1);
  });
});
