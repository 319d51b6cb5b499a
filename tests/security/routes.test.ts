import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ConversationId, newId } from "../../lib/base/ids.ts";
import { encodeSend } from "../../lib/protocol/frames.ts";
import { putForward } from "../../server/testing/clock.ts";
import { type Device, registerDevice, startTalking } from "../../server/testing/device.ts";
import { newProfile } from "../../server/testing/node-platform.ts";
import { type ServerProcess, startServer } from "../../server/testing/server-process.ts";
import { fuzz } from "../proof/fuzz/fuzz.ts";
import { findTargets } from "../proof/fuzz/stage.ts";
import { goOffline, goOnline, here, idOf, newRoom, sees } from "../rooms/rooms.ts";
import { dashboardSeries } from "./support/dashboard.ts";
import { type Expected, expectedRoutes } from "./support/expected-routes.ts";
import { cookieHeader, send } from "./support/http.ts";
import { keepOut, newEnvelope, setArchived, setEmail, setRules } from "./support/room-rules.ts";
import { openSocket } from "./support/sockets.ts";

const API = join(import.meta.dirname, "..", "..", "app", "api");
const METHODS = ["GET", "POST", "PUT", "DELETE"] as const;
const ROLES = ["anonymous", "outsider", "member"] as const;

const TOKEN = "a-token-of-the-scraper";

let server: ServerProcess;
let alice: Device;
let bob: Device;
let eve: Device;
let conversation: string;

beforeAll(async () => {
  server = await startServer({ env: { METRICS_TOKEN: TOKEN } });
  alice = await registerDevice(server, "alice");
  bob = await registerDevice(server, "bob");
  eve = await registerDevice(server, "eve");
  conversation = await startTalking(alice, bob);
  await alice.say(conversation as never, "not for Eve");
  await bob.until(() => bob.texts(conversation as never).length === 1, "a message");
});

afterAll(async () => {
  for (const device of [alice, bob, eve]) device?.close();
  await server?.dispose();
});

const accountOf = async (device: Device) => {
  const { body } = await send(server, "GET", "/api/me", { headers: cookieHeader(device.profile) });
  return (JSON.parse(body) as { account: { id: string } }).account.id;
};
let aliceId = "";
let aliceDevice = "";
beforeAll(async () => {
  aliceId = await accountOf(alice);
  aliceDevice = (await alice.profile.storage.findDevice(aliceId as never))?.device ?? "";
});

const EXPECTED = expectedRoutes(() => ({ aliceId, aliceDevice, conversation }));

const routes = readdirSync(API, { recursive: true, encoding: "utf8" })
  // The administration has a table of its own: administration.test.ts.
  .filter((file) => file.endsWith("route.ts") && !file.startsWith("admin/"))
  .map((file) => ({
    path: `/api/${file.replace(/\/route\.ts$/, "")}`,
    methods: METHODS.filter((method) =>
      new RegExp(`export (const|function|async function) ${method}\\b|export {[^}]*\\b${method}\\b`).test(
        readFileSync(join(API, file), "utf8"),
      ),
    ),
  }));

function ask(method: string, path: string, { body }: Pick<Expected, "body">, role: (typeof ROLES)[number]) {
  const profile = { anonymous: newProfile(), outsider: eve.profile, member: alice.profile }[role];
  return send(server, method, path, {
    headers: { origin: server.origin, "content-type": "application/json", ...cookieHeader(profile) },
    body: method === "GET" ? undefined : JSON.stringify(body?.() ?? {}),
  });
}

test("every route that there is stands in the table, and no other", () => {
  const found = routes.flatMap(({ path, methods }) => methods.map((method) => `${method} ${path}`));
  expect(found.sort()).toEqual(Object.keys(EXPECTED).sort());
});

describe.each(Object.entries(EXPECTED))("%s", (route, expected) => {
  const [method = "", declared = ""] = route.split(" ");
  test.each(ROLES.map((role, i) => [role, expected.statuses[i]] as const))(
    "answers %s with %i",
    async (role, status) => {
      const answer = await ask(method, expected.path?.() ?? declared, expected, role);
      expect(answer.status).toBe(status);
      expect(answer.headers["cache-control"]).toContain("no-store");
      if (status === 401) expect(answer.code).toBe("signed-out");
    },
  );
});

describe.each(routes)("$path", ({ path, methods }) => {
  test.each(METHODS.filter((method) => !methods.includes(method)))("refuses %s", async (method) => {
    const concrete = path.replace("[...nextauth]", "session").replace("[id]", newId());
    const { status } = await ask(method, concrete, {}, "member");
    expect(status).toBe(405);
  });
});

describe("an outsider", () => {
  test.each(["messages?after=0", "messages?before=9", "records", "members", "join-requests", "moderation"])(
    "is told the same of a conversation that is not there and of one that is not theirs: %s",
    async (rest) => {
      const [forbidden, absent] = await Promise.all(
        [conversation, newId()].map((id) => ask("GET", `/api/conversations/${id}/${rest}`, {}, "outsider")),
      );
      expect(forbidden).toMatchObject({ status: 404, code: "not-found" });
      expect(absent?.body).toBe(forbidden?.body);
      expect(Object.keys(absent?.headers ?? {})).toEqual(Object.keys(forbidden?.headers ?? {}));
    },
  );

  test.each(["x", "%00", "..%2f..%2fme", `${"A".repeat(21)}B`, "A".repeat(23), "__proto__"])(
    "gets nowhere with the id %s",
    async (id) => {
      for (const rest of ["messages?after=0", "records"]) {
        const { status } = await ask("GET", `/api/conversations/${id}/${rest}`, {}, "outsider");
        expect([400, 404]).toContain(status);
      }
    },
  );

  test.each(["after=-1", "after=1e3", "after=0&before=9", "before=", "after[]=1", "limit=9999", ""])(
    "and a member alike get no page for ?%s",
    async (query) => {
      const path = `/api/conversations/${conversation}/messages?${query}`;
      expect((await ask("GET", path, {}, "member")).status).toBe(400);
    },
  );

  test("cannot found a conversation with a member's signed record", async () => {
    const { body } = await ask("GET", `/api/conversations/${conversation}/records`, {}, "member");
    const { records } = JSON.parse(body) as { records: string[] };
    const forged = () => ({ record: records[0], boxes: [] });
    expect((await ask("POST", "/api/conversations", { body: forged }, "outsider")).status).toBe(400);
  });

  test("sees a vault of one's own, and finds nothing of others' in it", async () => {
    const [own, other] = await Promise.all(
      (["outsider", "member"] as const).map((role) => ask("GET", "/api/vault", {}, role)),
    );
    const entries = (answer = own) =>
      (JSON.parse(answer?.body ?? "") as { entries: { id: string; ciphertext: string }[] }).entries;
    expect(entries(own).length).toBeGreaterThan(0);
    for (const { ciphertext } of entries(own)) expect(other?.body).not.toContain(ciphertext);
    const first = entries(other)[0];
    const asked = (role: "member" | "outsider") => ask("GET", `/api/vault?entries=${first?.id}`, {}, role);
    expect(entries(await asked("member"))).toEqual([first]);
    // The root of each has the same id.
    for (const { ciphertext } of entries(await asked("outsider")))
      expect(ciphertext).not.toBe(first?.ciphertext);
    expect((await ask("GET", "/api/vault?entries=x", {}, "member")).status).toBe(400);
  });

  test("learns no secret of a person from the search", async () => {
    const { body } = await ask("GET", "/api/people?q=bob", {}, "outsider");
    expect(JSON.parse(body)).toEqual({
      people: [{ id: await accountOf(bob), name: "bob", displayName: "Bob Test", status: "", picture: null }],
    });
  });

  test.each(["%25", "_", "%5C", "'%20OR%201=1--", "*", "%C3%89lodie", "%F0%9F%99%82"])(
    "finds nobody by %s",
    async (q) => {
      expect(JSON.parse((await ask("GET", `/api/people?q=${q}`, {}, "outsider")).body)).toEqual({
        people: [],
      });
    },
  );
});

describe("a room that access rules keep somebody out of", () => {
  /** By which its name stays, and keys are dealt out that would be lost later. */
  const STAYS = ["GET /api/conversations/[id]/profile", "GET /api/conversations/[id]/records"];
  let room: ConversationId;
  const isRefused = () => here(bob, room)?.room?.refused === true;

  test("answers nothing of what is said there, and loses nothing", async () => {
    await setEmail(server, bob, "bob@rival.example");
    room = await newRoom(alice, [bob]);
    await alice.say(room, "before");
    await sees(bob, room, "before");
    await goOffline(bob);
    await bob.say(room, "kept");
    await setRules(server, alice, [keepOut(room, "*@rival.example")]);
    await goOnline(bob);
    await bob.until(isRefused, "refused");
    expect(alice.texts(room)).toEqual(["before"]);
    expect(here(bob, room)).toMatchObject({ canSend: false, newest: null, unread: 0 });
    await alice.say(room, "meanwhile");
    // Stored before what follows: one socket, one order.
    await alice.until(() => (here(alice, room)?.newest?.seq ?? 0) > 1, "stored");
    await alice.say(conversation as never, "after it");
    await sees(bob, conversation as never, "after it");
    expect(bob.texts(room)).toEqual(["before", "kept"]);

    const two = conversation;
    conversation = room;
    const answers: Record<string, unknown> = {};
    for (const [route, { path, body }] of Object.entries(EXPECTED)) {
      if (!`${path?.()} ${JSON.stringify(body?.())}`.includes(room)) continue;
      const [method = "", declared = ""] = route.split(" ");
      const answer = await send(server, method, path?.() ?? declared, {
        headers: { origin: server.origin, "content-type": "application/json", ...cookieHeader(bob.profile) },
        body: method === "GET" ? undefined : JSON.stringify(body?.() ?? {}),
      });
      answers[route] = answer.code ?? answer.status;
    }
    conversation = two;
    expect(Object.keys(answers).length).toBeGreaterThan(STAYS.length + 10);
    for (const [route, code] of Object.entries(answers))
      expect([route, code]).toEqual([route, STAYS.includes(route) ? 200 : "room-refused"]);
  });

  test("is the same to a tab that is opened meanwhile, under its name; and has everything when the rule is gone", async () => {
    const tab = await bob.reload();
    await tab.until(() => here(tab, room)?.room?.name === "Plans", "its name");
    expect(here(tab, room)).toMatchObject({ canSend: false, newest: null, room: { refused: true } });
    await tab.messenger.openConversation(room);
    expect(tab.messenger.getState().timelines.get(room)).toBeUndefined();
    const { socket, frame } = await openSocket(server, bob.profile);
    socket.send(encodeSend(7, newEnvelope(room, idOf(bob))));
    expect(await frame(({ type }) => type === "refused")).toMatchObject({ request: 7, code: "room-refused" });
    socket.terminate();
    await setRules(server, alice, []);
    await sees(alice, room, "kept");
    await tab.until(() => here(tab, room)?.room?.refused === false, "let in");
    await tab.messenger.openConversation(room);
    await tab.until(() => tab.texts(room).length === 3, "all of it");
    expect(tab.texts(room)).toEqual(["before", "meanwhile", "kept"]);
    bob = tab;
  });

  test("is archived by who runs the server: read as before, and what was written waits until it is open again", async () => {
    const isArchived = (device: Device) => here(device, room)?.room?.archived === true;
    await goOffline(bob);
    await bob.say(room, "too late");
    await setArchived(server, alice, room, true);
    await alice.until(() => isArchived(alice), "told");
    expect(here(alice, room)?.canSend).toBe(false);
    expect(alice.texts(room)).toEqual(["before", "meanwhile", "kept"]);
    const { socket, frame } = await openSocket(server, alice.profile);
    socket.send(encodeSend(7, newEnvelope(room, idOf(alice))));
    expect(await frame(({ type }) => type === "refused")).toMatchObject({
      request: 7,
      code: "room-archived",
    });
    socket.terminate();
    await goOnline(bob);
    await bob.until(() => isArchived(bob), "told when it comes back");
    expect(bob.texts(room)).toEqual(["before", "meanwhile", "kept", "too late"]);
    expect(bob.messenger.getState().timelines.get(room)?.messages.at(-1)).toMatchObject({ seq: null });
    const tab = await bob.reload();
    await tab.until(() => isArchived(tab), "told at first");
    await setArchived(server, alice, room, false);
    await sees(alice, room, "too late");
    await tab.until(() => here(tab, room)?.canSend === true, "told that it is open");
    await tab.messenger.openConversation(conversation as never);
    bob = tab;
    // Whoever is an administrator here does nothing dangerous any more.
    await putForward(5 * 60_000);
  });
});

describe("the figures for a scraper", () => {
  const scrape = (authorization?: string, host = `localhost:${server.port}`) =>
    send(server, "GET", "/api/metrics", { headers: { host, ...(authorization && { authorization }) } });
  const read = async (series: string): Promise<number> => {
    const { body } = await scrape(`Bearer ${TOKEN}`);
    const line = body.split("\n").find((each) => each.startsWith(`${series} `));
    return Number(line?.split(" ").at(-1) ?? 0);
  };

  test("are there for its token alone, as at an address that is none", async () => {
    for (const authorization of [undefined, "Bearer ", `Bearer ${TOKEN}x`, `Basic ${TOKEN}`, TOKEN])
      expect(await scrape(authorization)).toMatchObject({ status: 404, code: "not-found" });
    // Scrapers come by address.
    const { status, headers, body } = await scrape(`Bearer ${TOKEN}`, `127.0.0.1:${server.port}`);
    expect(status).toBe(200);
    expect(headers["content-type"]).toBe("text/plain; version=0.0.4; charset=utf-8");
    expect(headers["cache-control"]).toBe("no-store");
    const served = body.match(/(?<=^# TYPE )\S+/gm);
    expect(served?.length).toBeGreaterThan(12);
    expect(served).toEqual(expect.arrayContaining(dashboardSeries()));
  });

  test("are well formed, move with what happens, and name nobody", async () => {
    const before = await read("sceau_messages_stored_total");
    const asked = await read(
      'sceau_http_requests_total{method="GET",route="/api/people/[id]/keys",status="200"}',
    );
    await alice.say(conversation as never, "counted");
    await bob.until(() => bob.texts(conversation as never).includes("counted"), "the message");
    await send(server, "GET", `/api/people/${aliceId}/keys`, { headers: cookieHeader(alice.profile) });
    await expect.poll(() => read("sceau_messages_stored_total")).toBe(before + 1);
    await expect
      .poll(() => read('sceau_http_requests_total{method="GET",route="/api/people/[id]/keys",status="200"}'))
      .toBe(asked + 1);
    expect(await read("sceau_sockets")).toBe(3);
    expect(await read("sceau_commit_messages_count")).toBeGreaterThan(0);
    expect(await read("sceau_fanout_sockets_count")).toBeGreaterThan(0);
    expect(await read("sceau_password_seconds_count")).toBeGreaterThan(2);

    const { body } = await scrape(`Bearer ${TOKEN}`);
    for (const line of body.trim().split("\n"))
      expect(line).toMatch(
        /^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+({[a-z_]+="[^"]*"(,[a-z_]+="[^"]*")*})? -?\d[\d.e+-]*)$/,
      );
    expect(body).not.toMatch(/\b(alice|bob|eve)\b/);
    for (const secret of [aliceId, conversation, TOKEN]) expect(body).not.toContain(secret);
  });
});

/** `npm run proof -- fuzz` at length. Last, since some of it means something. */
test("whatever is sent is refused with a code, and nothing fails", async () => {
  const envelopes: Uint8Array[] = [];
  bob.wire.outgoing = (data) => {
    if (typeof data !== "string") envelopes.push(new Uint8Array(data as ArrayBuffer));
    return true;
  };
  await bob.say(conversation as never, "bent");
  await alice.until(() => alice.texts(conversation as never).includes("bent"), "a message to bend");
  const stage = {
    server,
    profiles: { nobody: null, member: bob.profile, bold: eve.profile, administrator: alice.profile },
    targets: await findTargets(),
    recorded: [],
    envelopes,
    ids: [await accountOf(eve), conversation],
  };
  const { answers, faults } = await fuzz(stage, 1_000, 1);
  expect(faults).toEqual([]);
  expect(Number(answers[400])).toBeGreaterThan(50);
});
