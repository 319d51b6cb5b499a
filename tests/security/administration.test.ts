import { readdirSync, readFileSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newId } from "../../lib/base/ids.ts";
import { serverNow } from "../../server/testing/clock.ts";
import { registerDevice } from "../../server/testing/device.ts";
import { newProfile, type Profile } from "../../server/testing/node-platform.ts";
import { type ServerProcess, startServer } from "../../server/testing/server-process.ts";
import { register } from "./support/accounts.ts";
import { adminCommand } from "./support/admin-command.ts";
import {
  ADMINISTRATION_ROUTES,
  type Asking,
  type Expected,
  METHODS,
  ROLES,
} from "./support/administration-routes.ts";
import { type Answer, cookieHeader, send } from "./support/http.ts";
import { giveRole, stepUpNewest, whileStopped } from "./support/roles.ts";
import { openSocket, type RawSocket } from "./support/sockets.ts";

const API = join(import.meta.dirname, "..", "..", "app", "api", "admin");
const ROUTES = Object.entries(ADMINISTRATION_ROUTES);

let server: ServerProcess;
const profiles = {} as Record<Asking, Profile>;

beforeAll(async () => {
  server = await startServer({ env: { ...process.env, TRUSTED_PROXIES: "127.0.0.1" } });
  const token = server.firstRunToken;
  profiles.anonymous = newProfile();
  profiles.administrator = (await register(server, "administrator", token)).profile;
  for (const role of ["member", "moderator", "auditor", "unproved"] as const)
    profiles[role] = (await register(server, role)).profile;
  server = await whileStopped(server, async (pool) => {
    for (const role of ["moderator", "auditor"]) await giveRole(pool, role, role);
    await giveRole(pool, "unproved", "administrator");
    for (const role of ["moderator", "auditor", "administrator"]) await stepUpNewest(pool, role);
  });
});

afterAll(() => server?.dispose());

function ask(
  route: string,
  role: Asking,
  { path, body }: Partial<Expected> = {},
  headers: Record<string, string> = {},
): Promise<Answer> {
  const [method = "", declared = ""] = route.split(" ");
  return send(server, method, path ?? declared, {
    headers: {
      ...headers,
      origin: server.origin,
      "content-type": "application/json",
      ...cookieHeader(profiles[role]),
    },
    body: method === "GET" ? undefined : JSON.stringify(body ?? {}),
  });
}

test("every route of the administration stands in the table, names a permission, and no other does", () => {
  const found = readdirSync(API, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith("route.ts"))
    .flatMap((file) => {
      const text = readFileSync(join(API, file), "utf8");
      if (!file.includes("[...absent]"))
        expect([file, text]).toEqual([file, expect.stringContaining("permission:")]);
      const methods = METHODS.filter((method) =>
        new RegExp(`export const ${method}\\b|export {[^}]*\\b${method}\\b`).test(text),
      );
      return methods.map((method) => `${method} /api/admin/${file.replace(/\/route\.ts$/, "")}`);
    });
  expect(found.sort()).toEqual(Object.keys(ADMINISTRATION_ROUTES).sort());
});

describe.each(ROLES)("%s", (role) => {
  test.each(
    ROUTES.map(([route, expected]) => [route, expected.statuses[ROLES.indexOf(role)], expected] as const),
  )("%s: %i", async (route, status, expected) => {
    const answer = await ask(route, role, expected);
    expect(answer.status).toBe(status);
    expect(answer.headers["cache-control"]).toContain("no-store");
    if (status === 401) expect(answer.code).toBe("signed-out");
    if (status === 403) expect(answer.code).toBe("step-up-required");
  });
});

test("who may not is answered as at an address that is none", async () => {
  const absent = await ask("GET /api/admin/nothing", "member");
  expect(absent).toMatchObject({ status: 404, code: "not-found" });
  for (const [route, expected] of ROUTES) {
    const forbidden = await ask(route, "member", expected);
    expect(forbidden.body).toBe(absent.body);
    expect(Object.keys(forbidden.headers)).toEqual(Object.keys(absent.headers));
  }
});

describe("people", () => {
  const id = newId();
  test.each([
    ["PUT", "restraint", { kind: "muted", reason: "", until: null }, "moderator"],
    ["PUT", "role", { role: "owner" }, "administrator"],
    ["DELETE", "", {}, "administrator"],
  ] as const)("are within reach: %s %s, read only for who may", async (method, rest, body, role) => {
    const path = `/api/admin/people/${id}${rest && `/${rest}`}`;
    expect((await ask(method, role, { path, body })).status).toBe(400);
    expect((await ask(method, "auditor", { path, body })).status).toBe(404);
  });

  test("are listed in an order that places fit", async () => {
    const status = async (query: string) =>
      (await ask("GET", "auditor", { path: `/api/admin/people?${query}` })).status;
    expect(await status(`sort=created&after=alice~${newId()}`)).toBe(400);
    expect(await status(`after=alice~${"_".repeat(22)}`)).toBe(400);
    expect(await status("group=owners")).toBe(400);
    expect(await status(`sort=created&after=1~${newId()}`)).toBe(200);
  });
});

test("rooms are listed in an order that places fit, and deleted only by who counted their members", async () => {
  for (const query of ["after=1", "sort=name", "group=direct", `after=1~${"_".repeat(22)}`])
    expect((await ask("GET", "auditor", { path: `/api/admin/rooms?${query}` })).status).toBe(400);
  const path = `/api/admin/rooms/${newId()}`;
  for (const body of [{}, { members: "1" }, { members: -1 }])
    expect((await ask("DELETE", "administrator", { path, body })).status).toBe(400);
  expect((await ask("GET", "auditor", { path: `${path}/members?after=guest~${newId()}` })).status).toBe(400);
});

describe("invitations", () => {
  const form = { role: "member", uses: 1, days: 7, note: "" };
  const someone = { name: "someone", displayName: "Some One", email: null, role: "member" };
  const ofFile = (people: readonly object[]) => ({ people, days: 7, dryRun: true });
  test.each([
    ["", { ...form, role: "owner" }],
    ["", { ...form, role: "administrator", uses: 2 }],
    ["", { ...form, uses: 0 }],
    ["", { ...form, days: 91 }],
    ["", { ...form, note: "a\u202eb" }],
    ["/import", ofFile([])],
    ["/import", ofFile([{ ...someone, name: "some one" }])],
    ["/import", ofFile([{ ...someone, email: "é@sceau.example" }])],
    ["/import", ofFile(Array(501).fill(someone))],
  ])("are never made of %s %j", async (rest, body) => {
    const path = `/api/admin/invitations${rest}`;
    expect((await ask("POST", "administrator", { path, body })).status).toBe(400);
  });
});

test("the journal is asked in its own words alone, and a member's questions are refused unread", async () => {
  for (const query of [
    "event=unknown",
    "outcome=1",
    "address=10.1",
    "from=yesterday",
    "after=1",
    "x=1",
    "expect=1:x",
  ]) {
    const path = `/api/admin/journal${query.startsWith("expect") ? "/verification" : ""}?${query}`;
    expect([query, (await ask("GET", "auditor", { path })).status]).toEqual([query, 400]);
    expect((await ask("GET", "member", { path })).status).toBe(404);
  }
  const verified = await ask("GET", "auditor", { path: "/api/admin/journal/verification" });
  expect(JSON.parse(verified.body.trim().split("\n").at(-1) ?? "")).toMatchObject({ faults: [] });
  const { body, headers } = await ask("GET", "auditor", {
    path: "/api/admin/journal/export?format=csv&event=registration",
  });
  expect(headers["content-type"]).toContain("text/csv");
  expect(body.trim().split("\r\n")).toHaveLength(1 + 5);
});

describe("access rules", () => {
  const rule = { effect: "deny", place: "server", by: "address", patterns: "10.0.0.0/8", note: "" };
  test.each([
    { ...rule, patterns: "" },
    { ...rule, patterns: "10.0.0.0/33" },
    { ...rule, patterns: "10.1" },
    { ...rule, patterns: "*@sceau.example" },
    { ...rule, by: "email" },
    { ...rule, by: "everybody" },
    { ...rule, place: "room" },
    { ...rule, room: newId() },
    { ...rule, note: "a\u202eb" },
    { ...rule, more: 1 },
  ])("are never like %j", async (given) => {
    const status = async (path: string, method: string, body: object) =>
      (await ask(method, "administrator", { path: `/api/admin/access-rules${path}`, body })).status;
    expect(await status("", "PUT", { version: 1, rules: [given], trial: false })).toBe(400);
    expect(await status("/trial", "POST", { rules: [given] })).toBe(400);
  });

  test("shut nobody out who did not ask for a trial", async () => {
    const rules = [{ ...rule, place: "admin", by: "everybody", patterns: "" }];
    const path = "/api/admin/access-rules";
    const refused = await ask("PUT", "administrator", { path, body: { version: 1, rules, trial: false } });
    expect(refused).toMatchObject({ status: 409, code: "locks-out-author" });
  });

  describe("by the address that a trusted proxy names", () => {
    const [HERE, ELSEWHERE, THIRD] = ["198.51.100.1", "203.0.113.9", "192.0.2.4"] as const;
    const from = (address: string) => ({ "x-forwarded-for": address });
    async function set(...patterns: string[]): Promise<void> {
      const path = "/api/admin/access-rules";
      const { version } = JSON.parse((await ask(`GET ${path}`, "administrator", {}, from(THIRD))).body);
      const rules = patterns.map((one) => ({ ...rule, patterns: one }));
      const body = { version, rules, trial: false };
      expect((await ask(`PUT ${path}`, "administrator", { body }, from(THIRD))).status).toBe(204);
    }
    const me = (address: string) => ask("GET /api/me", "member", {}, from(address));
    const open = (address: string) => openSocket(server, profiles.member, { headers: from(address) });

    test("hold for requests and for sockets, those that were open first", async () => {
      const [here, elsewhere] = [await open(HERE), await open(ELSEWHERE)];
      await set("203.0.113.0/24");
      expect(await elsewhere.closed).toBe(4403);
      expect(here.socket.readyState).toBe(here.socket.OPEN);
      expect((await me(HERE)).status).toBe(200);
      // What stands before the last address is whoever asks' own word.
      for (const forwarded of [ELSEWHERE, `${HERE}, ${ELSEWHERE}`])
        expect(await me(forwarded)).toMatchObject({ status: 403, code: "access-refused" });
      await expect(open(ELSEWHERE)).rejects.toThrow();
      await set();
      for (const socket of [here, await open(ELSEWHERE)]) socket.close();
    });

    test("are said to an open messenger, whose session outlives them", async () => {
      const device = await registerDevice(server, "wanderer");
      await device.until(({ connection }) => connection === "online", "connected");
      await set("127.0.0.1");
      await device.until(({ connection }) => connection === "refused", "refused");
      await set();
      const again = await device.reload();
      await again.until(({ connection }) => connection === "online", "connected again");
      again.close();
    });
  });
});

describe("announcements", () => {
  const path = "/api/admin/announcements";
  const form = { level: "warning", text: "Maintenance", french: "", startsAt: null, endsAt: 0 };
  const inAnHour = () => serverNow() + 3_600_000;
  test.each([
    { level: "danger" },
    { text: " \n" },
    { text: "x".repeat(301) },
    { text: "a\u202eb" },
    { french: "a\u0000b" },
    { endsAt: 1 },
    { startsAt: 4_102_444_800_000 },
  ])("are never like %j", async (given) => {
    const body = { ...form, endsAt: inAnHour(), ...given };
    expect((await ask("POST", "administrator", { path, body })).status).toBe(400);
  });

  test("reach every open socket when they begin and end, and who comes meanwhile", async () => {
    const [first, told] = [await openSocket(server, profiles.member), () => said(first)];
    const said = ({ texts }: RawSocket) => texts.filter((text) => text.includes('"announcements"')).at(-1);
    const body = { ...form, endsAt: inAnHour(), text: "<b>Maintenance</b>\nat eight" };
    const made = await ask("POST", "administrator", { path, body });
    const { id } = JSON.parse(made.body) as { id: string };
    const shown = { id, level: "warning", text: body.text, french: "" };
    await expect.poll(told).toBe(JSON.stringify({ type: "announcements", announcements: [shown] }));
    const second = await openSocket(server, profiles.auditor);
    expect(JSON.parse(said(second) ?? "")).toMatchObject({ type: "ready", announcements: [shown] });
    expect((await ask("DELETE", "administrator", { path: `${path}/${id}` })).status).toBe(204);
    await expect.poll(told).toBe('{"type":"announcements","announcements":[]}');
    expect((await ask("DELETE", "administrator", { path: `${path}/${id}` })).status).toBe(404);
    for (const socket of [first, second]) socket.close();
  });
});

describe("policies", () => {
  test.each([
    { allowedEmails: "sceau.example" },
    { deniedEmails: "é@sceau.example" },
    { allowedEmails: `*@${"a".repeat(2_000)}` },
    { passwordChars: 7 },
    { passwordChars: "12" },
    { registration: "anybody" },
    { sessionIdleHours: 0.5 },
    { sessionDays: null },
    { unknown: 1 },
    JSON.parse('{"__proto__": {"passwordChars": 12}}'),
  ])("are never like %j", async (body) => {
    expect((await ask("PUT /api/admin/policies", "administrator", { body })).status).toBe(400);
    const now = await ask("GET /api/admin/policies", "administrator");
    expect(JSON.parse(now.body).policies.filter((policy: { changed: unknown }) => policy.changed)).toEqual(
      [],
    );
  });
});

describe("npm run admin", () => {
  const command = (...args: string[]) => adminCommand(server, ...args);
  const commandLine = `command line (${userInfo().username})`;

  test("acts on a server that runs, which follows", async () => {
    const set = await command("policy:set", "journalAddressMonths", "13");
    expect(set).toEqual({ code: 0, out: "journalAddressMonths is 13.\n", said: "" });
    const path = "/api/admin/journal?event=policy-changed";
    const { rows } = JSON.parse((await ask("GET", "auditor", { path })).body);
    expect(rows[0]).toMatchObject({ agent: commandLine, detail: "journalAddressMonths: 12 -> 13" });
    await expect
      .poll(async () => (await ask("GET /api/admin/policies", "auditor")).body, { timeout: 30_000 })
      .toContain('"key":"journalAddressMonths","value":13');
  });

  test("says by its exit code whether it was refused or not understood", async () => {
    expect(await command("user:lift", "nobody-of-that-name")).toMatchObject({
      code: 1,
      said: expect.stringContaining("not-found"),
    });
    expect(await command("user:forget")).toMatchObject({ code: 2, out: "" });
    expect(await command("--help")).toMatchObject({ code: 0, out: expect.stringContaining("rules:off") });
  });

  test("deletes an account, and everybody who is connected hears anew where things stand", async () => {
    const { profile } = await register(server, "leaver");
    const socket = await openSocket(server, profiles.member);
    const greetings = () => socket.texts.filter((text) => text.includes('"ready"')).length;
    expect(await command("user:delete", "leaver", "leaver")).toMatchObject({ code: 0, said: "" });
    await expect.poll(greetings, { timeout: 30_000 }).toBe(2);
    expect((await send(server, "GET", "/api/me", { headers: cookieHeader(profile) })).status).toBe(401);
    socket.close();
  });

  test("lets an administrator in again whom access rules keep out", async () => {
    const { version } = JSON.parse((await ask("GET /api/admin/access-rules", "administrator")).body);
    const rules = [{ effect: "deny", place: "server", by: "everybody", patterns: "", note: "" }];
    const path = "/api/admin/access-rules";
    expect((await ask("PUT", "administrator", { path, body: { version, rules, trial: true } })).status).toBe(
      204,
    );
    expect(await ask("GET /api/me", "administrator")).toMatchObject({ status: 403, code: "access-refused" });
    expect(await ask("GET /api/me", "anonymous")).toMatchObject({ status: 401 });
    expect(await command("rules:off", "--json")).toMatchObject({ code: 0, out: '{"removed":true}\n' });
    await expect
      .poll(async () => (await ask("GET /api/me", "administrator")).status, { timeout: 30_000 })
      .toBe(200);
  });
});
