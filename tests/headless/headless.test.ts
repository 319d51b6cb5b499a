import { execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { createServer as createTlsServer } from "node:tls";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createEntrance } from "../../lib/client/entrance.ts";
import { freshTotpCode, type TestPerson } from "../../server/testing/device.ts";
import { newProfile, nodePlatform } from "../../server/testing/node-platform.ts";
import { freePort, type ServerProcess, startServer } from "../../server/testing/server-process.ts";
import { signInAgain } from "../../server/testing/sign-in.ts";
import { loadTls } from "../../server/tls.ts";
import { ask, call, lines, SCEAU, startReading } from "./cli.ts";
import { type HeadlessWorld, openHeadlessWorld, PASSWORD } from "./world.ts";

const TOKEN = "the-token-of-a-build-machine";

let server: ServerProcess;
let world: HeadlessWorld;
let folder: string;
let alice: string;
let bob: string;

const said = (events: readonly Record<string, unknown>[]) =>
  events.filter(({ type }) => type === "message").map(({ text }) => text);

beforeAll(async () => {
  world = await openHeadlessWorld();
  ({ server, folder } = world);
  world.file("token", `${TOKEN}\n`);
  alice = await world.register("alice");
  bob = await world.register("bob");
});

afterAll(async () => {
  await world.close();
  await server.dispose();
});

describe("two people", () => {
  test("write to each other, several commands at once, and nobody's device looks copied", async () => {
    const sent = await Promise.all(["one", "two", "three"].map((text) => ask(alice, "send", "bob", text)));
    const [{ conversation } = { conversation: "" }] = sent.flat();
    expect(
      sent
        .flat()
        .map(({ seq }) => seq)
        .sort(),
    ).toEqual([1, 2, 3]);
    const answer = await call(bob, ["send", conversation, "--reply", "2", "--json"], {
      input: "vier\nfünf\n",
    });
    expect(answer).toMatchObject({ code: 0, error: "" });

    const events = lines((await call(alice, ["listen", "--once"])).out);
    expect(said(events).toSorted()).toEqual(["one", "three", "two", "vier\nfünf"]);
    expect(events.findLast(({ type }) => type === "message")).toMatchObject({
      seq: 4,
      mine: false,
      reply: 2,
      sender: { name: "bob" },
    });
    expect(said(lines((await call(alice, ["listen", "--once"])).out))).toEqual([]);
    expect(await ask(bob, "history", "@alice", "--limit", "2", "--before", "4")).toMatchObject([
      { seq: 2 },
      { seq: 3 },
    ]);
    expect(await ask(bob, "rooms")).toMatchObject([
      { kind: "direct", name: "alice", canSend: true, alert: null },
    ]);
  });

  test("what is kept is closed to others, and the secrets of registering are in a file", () => {
    const state = join(bob, `bob@${new URL(server.origin).host}`, "state");
    expect(statSync(state).mode & 0o777).toBe(0o600);
    expect(readFileSync(state, "utf8")).not.toContain(server.origin);
    expect(JSON.parse(readFileSync(join(folder, "bob.json"), "utf8"))).toMatchObject({
      totpUri: expect.stringMatching(/^otpauth:\/\//),
      recoveryCode: expect.any(String),
    });
  });
});

describe("rooms", () => {
  test("an owner makes a link in a command of its own, a member is told why not", async () => {
    const [{ conversation } = { conversation: "" }] = await ask(alice, "room", "create", "cafe\u0301", "bob");
    expect(await ask(alice, "room", "invite", "#café", "--link")).toMatchObject([{ conversation }]);
    expect(await ask(alice, "room", "invite", "#café", "bob")).toEqual([{ conversation, added: [] }]);
    for (const what of [["--link"], ["alice"]])
      expect(await call(bob, ["room", "invite", conversation, ...what])).toMatchObject({ code: 4, out: "" });
    expect(await call(alice, ["room", "create", "two\nlines"])).toMatchObject({ code: 2, out: "" });
    await ask(bob, "room", "leave", conversation);
    const twice = ["room", "invite", conversation, "bob", "@bob"];
    expect(await ask(alice, ...twice)).toEqual([{ conversation, added: ["bob"] }]);
    await ask(bob, "room", "leave", conversation);
  });
});

describe("what runs on", () => {
  test("a webhook seals, and listening goes on after SIGKILL without loss, doubles known by their id", async () => {
    const own = ["--token-file", join(folder, "token"), "--port", "0", "--per-minute", "1200"];
    const hook = world.run(alice, "webhook", "bob", ...own, "--json");
    await expect.poll(() => hook.printed.length).toBe(1);
    const url = String(hook.printed[0]?.url);
    const post = (text: string) =>
      fetch(url, {
        method: "POST",
        body: text,
        headers: { authorization: `Bearer ${TOKEN}`, "content-type": "text/plain" },
      });
    expect((await fetch(url, { method: "POST" })).status).toBe(401);

    const first = world.run(bob, "listen");
    await expect.poll(() => said(first.printed)).toContain("three");
    const refused = await call(bob, ["listen", "--once", "--json"]);
    expect([refused.code, JSON.parse(refused.error)]).toMatchObject([8, { error: { code: "busy" } }]);
    const texts = Array.from({ length: 20 }, (_, i) => `message ${i}`);
    const posted = Promise.all(texts.map(post));
    await expect.poll(() => said(first.printed).length).toBeGreaterThan(8);
    await first.end("SIGKILL");
    expect((await posted).every(({ ok }) => ok)).toBe(true);

    const second = world.run(bob, "listen");
    const byId = () => new Map([...first.printed, ...second.printed].map((event) => [event.id, event]));
    await expect.poll(() => said([...byId().values()]).length).toBe(24);
    const places = [...byId().values()].filter(({ type }) => type === "message").map(({ seq }) => seq);
    expect(places.toSorted((a, b) => Number(a) - Number(b))).toEqual(
      Array.from({ length: 24 }, (_, i) => i + 1),
    );
    expect(await second.end("SIGTERM")).toBe(0);

    const { link } = (await invite()) ?? {};
    // The webhook's process is a device of a member: it lets people in.
    expect(await ask(bob, "room", "join", String(link))).toHaveLength(1);
    expect(await ask(bob, "room", "members", "#builds")).toMatchObject([
      { name: "alice", role: "owner" },
      { name: "bob" },
    ]);
    expect(await hook.end("SIGINT")).toBe(0);
  });

  async function invite() {
    await ask(alice, "room", "create", "builds", "--topic", "what machines say");
    const [invitation] = await ask(alice, "room", "invite", "builds", "--link");
    return invitation;
  }

  test("the bot of the manual answers", async () => {
    const manual = readFileSync(join(import.meta.dirname, "../../docs/headless.md"), "utf8");
    const [, code = ""] = /```js\n(.*?)```/s.exec(manual) ?? [];
    const env = { ...process.env, SCEAU, SCEAU_HOME: bob };
    const bot = startReading(spawn(process.execPath, [world.file("echo.mjs", code)], { env }));
    const [sent] = await ask(alice, "send", "builds", "--", "-n is no option");
    const answers = async () =>
      (await ask(alice, "history", "builds")).filter(({ mine, reply }) => !mine && reply === sent?.seq);
    await expect
      .poll(async () => (await answers()).map(({ text }) => text), { interval: 2_000 })
      .toEqual(["-n is no option"]);
    await bot.end("SIGTERM");
  });
});

describe("more devices of one account", () => {
  const both = async (name: string) => [
    ...["--password-file", join(folder, "password")],
    ...["--code", await freshTotpCode(world.secretsOf(name).totpSecret)],
  ];
  const here = (name: string) => ["--server", server.origin, name, "--no-passphrase"];
  const byAppPassword = () => ["--app-password-file", join(folder, "app-password")];

  test("one signs in by an app password where an administrator allows it, and does nothing that wants both factors", async () => {
    expect(await call(bob, ["app-password", "make", "builds"])).toMatchObject({ code: 4, out: "" });
    const admin = ["dist/admin.mjs", "user:app-passwords", "bob", "on", "--data", server.dataFolder];
    execFileSync(process.execPath, admin, { cwd: join(import.meta.dirname, "../..") });
    const [made] = await ask(bob, "app-password", "make", "builds", ...(await both("bob")));
    world.file("app-password", `${made?.appPassword}\n`);

    const home = join(folder, "bot");
    // The server's session is no key: without the recovery code there are none.
    expect(await call(home, ["login", ...here("bob"), ...byAppPassword()])).toMatchObject({ code: 2 });
    const recovery = ["--recovery-code-file", join(folder, "bob.json")];
    await ask(home, "login", ...here("bob"), ...byAppPassword(), ...recovery);
    await ask(home, "send", "alice", "from the bot");
    expect(await ask(home, "app-password", "list")).toMatchObject([{ name: "builds" }]);
    const refused = await call(home, ["export", join(folder, "bot.zip"), ...(await both("bob")), "--json"]);
    expect([refused.code, JSON.parse(refused.error).error.code]).toEqual([4, "step-up-required"]);
  });

  test("one is handed the keys by another", async () => {
    const home = join(folder, "linked");
    const newcomer = world.run(home, "link", ...here("bob"), ...byAppPassword(), "--json");
    await expect.poll(() => newcomer.printed.length).toBe(1);
    const code = String(newcomer.printed[0]?.code);
    expect(await ask(bob, "link", "--approve", code, ...(await both("bob")))).toMatchObject([
      { linked: { browser: "sceau" } },
    ]);
    await expect.poll(() => newcomer.printed.length).toBe(2);
    expect((await ask(home, "history", "@alice")).map(({ text }) => text)).toContain("from the bot");
    // Before it asks for anything.
    expect(await call(home, ["link", "--approve", "no code"])).toMatchObject({ code: 2 });
  });

  test("everything is exported into a file of one's own, once", async () => {
    const zip = join(folder, "bob.zip");
    const exported = await ask(bob, "export", zip, ...(await both("bob")));
    expect(exported).toMatchObject([{ file: zip, conversations: 2, unreadable: 0 }]);
    expect(statSync(zip).mode & 0o777).toBe(0o600);
    // Nothing in it is compressed.
    expect(readFileSync(zip).includes("from the bot")).toBe(true);
    expect(await call(bob, ["export", zip])).toMatchObject({ code: 2, out: "" });
  });

  test("one whose app password is removed is signed out, and stays so", async () => {
    const home = join(folder, "bot");
    expect(await ask(bob, "app-password", "remove", "builds")).toEqual([{ removed: 1 }]);
    expect(await call(home, ["send", "alice", "still there?"])).toMatchObject({ code: 3, out: "" });
    expect(await call(home, ["login", ...byAppPassword()])).toMatchObject({ code: 4 });
    expect(await call(bob, ["app-password", "remove", "builds"])).toMatchObject({ code: 6 });
  });
});

describe("files", () => {
  test("are sent, and saved under names of their own", async () => {
    const report = Buffer.concat(Array.from({ length: 5 }, () => randomBytes(1_000_000)));
    writeFileSync(join(folder, "report.pdf"), report);
    writeFileSync(join(folder, "notes"), "");
    const paths = ["--file", join(folder, "report.pdf"), "--file", join(folder, "notes")];
    const [sent] = await ask(alice, "send", "bob", "Of tonight", ...paths);
    const [message] = await ask(bob, "history", "@alice", "--limit", "1");
    const files = [
      { name: "report.pdf", size: report.length, mediaType: "application/pdf" },
      { name: "notes", size: 0, mediaType: "application/octet-stream" },
    ];
    expect(message).toMatchObject({ seq: sent?.seq, text: "Of tonight", files });
    expect(
      lines((await call(bob, ["listen", "--once"])).out).findLast(({ seq }) => seq === sent?.seq),
    ).toMatchObject({ files });
    const to = join(folder, "saved");
    mkdirSync(to);
    writeFileSync(join(to, "notes"), "mine");
    const saved = await ask(bob, "save", "@alice", String(sent?.seq), "--to", to);
    expect(saved.map(({ path }) => path)).toEqual([join(to, "report.pdf"), join(to, "notes (2)")]);
    expect(readFileSync(join(to, "report.pdf")).equals(report)).toBe(true);
    expect(readFileSync(join(to, "notes (2)"))).toHaveLength(0);
    expect(readdirSync(to)).toHaveLength(3);
    expect((await call(bob, ["save", "@alice", "1", "--to", to])).code).toBe(6);
  });
});

describe("what goes wrong has its own exit code", () => {
  test.each([
    [2, ["send", "alice"], ""],
    [2, ["send", "alice", "x".repeat(12_001)], ""],
    [2, ["send", "alice", "-"], new Uint8Array([0xff, 0xfe])],
    [2, ["register", "--server", "http://sceau.example", "carol"], ""],
    [2, ["register", "--server", "https://sceau.example", "carol", "--display-name", "x".repeat(65)], ""],
    [2, ["register", "--server", "https://sceau.example", "carol", "--email", "nobody"], ""],
    [2, ["app-password", "make", "x".repeat(41)], ""],
    [
      2,
      [
        "room",
        "join",
        `https://elsewhere.example/#join=${"a".repeat(22)}.${"a".repeat(22)}.${"a".repeat(43)}`,
      ],
      "",
    ],
    [2, ["room", "join", "#join=cut.off"], ""],
    [6, ["send", "nobody.here", "hello"], ""],
    [6, ["history", "#nowhere"], ""],
    [6, ["send", "alice", "hello", "--reply", "9999"], ""],
  ] as const)("%i, case %#", async (code, args, input) => {
    const ended = await call(bob, [...args, "--json"], { input });
    expect([ended.code, ended.out, Object.keys(JSON.parse(ended.error).error)]).toEqual([
      code,
      "",
      ["code", "message"],
    ]);
  });

  test("another device needs the recovery code and its own passphrase", async () => {
    const home = join(folder, "bob again");
    const secrets = join(folder, "bob.json");
    const own = ["--password-file", join(folder, "password"), "--recovery-code-file", secrets];
    const passphrase = { SCEAU_PASSPHRASE: "in the test" };
    const code = await freshTotpCode(world.secretsOf("bob").totpSecret);
    const login = ["login", "--server", server.origin, "bob", ...own, "--code", code];
    expect(await call(home, login, { env: passphrase })).toMatchObject({ code: 0 });
    // What was said before this device had its keys is no news to it.
    expect(said(lines((await call(home, ["listen", "--once"], { env: passphrase })).out))).toEqual([]);
    expect(await call(home, ["whoami"], { env: { SCEAU_PASSPHRASE: "another" } })).toMatchObject({ code: 9 });
    expect(await call(home, ["whoami"])).toMatchObject({ code: 2, out: "" });
    expect(await call(home, ["logout", "--forget"], { env: passphrase })).toMatchObject({ code: 0 });
    expect(await call(home, ["whoami"], { env: passphrase })).toMatchObject({ code: 3 });
  });

  test("a sign-in that is refused leaves no account behind", async () => {
    const home = join(folder, "nobody");
    const login = ["login", "--server", server.origin, "nobody", "--no-passphrase", "--code", "123456"];
    const env = { SCEAU_PASSWORD: "not the password" };
    expect(await call(home, login, { env })).toMatchObject({ code: 4, out: "" });
    expect(readdirSync(home)).toEqual([]);
  });

  test("a new identity: 7, nothing is sent, until it is accepted", async () => {
    const [before] = await ask(alice, "verify", "bob", "--mark");
    await loseEverything("bob");
    const refused = await call(alice, ["send", "@bob", "to whom?", "--json"]);
    expect([refused.code, JSON.parse(refused.error)]).toMatchObject([
      7,
      { error: { code: "identity-changed" } },
    ]);
    const offered = await call(alice, ["verify", "bob", "--json"]);
    expect([offered.code, lines(offered.out)]).toMatchObject([7, [{ changed: true, verifiedAt: null }]]);
    const old = String(before?.number).replaceAll(",", " ");
    expect(await call(alice, ["verify", "bob", "--number", old, "--accept"])).toMatchObject({ code: 7 });
    expect(await ask(alice, "verify", "bob", "--accept")).toMatchObject([
      { changed: false, verifiedAt: null },
    ]);
    await ask(alice, "send", "@bob", "it is you");
    const texts = (await ask(alice, "history", "@bob")).map(({ text }) => text);
    expect(texts.slice(-1)).toEqual(["it is you"]);
    expect(texts).not.toContain("to whom?");
    expect(await call(bob, ["whoami"])).toMatchObject({ code: 3 });
  });

  test("a server that is away: 5", async () => {
    await server.kill("SIGTERM");
    expect(await call(alice, ["send", "bob", "hello"])).toMatchObject({ code: 5, out: "" });
    expect(await call(alice, ["listen", "--once"])).toMatchObject({ code: 5, out: "" });
  });
});

test("a server with a certificate of its own is trusted where that is named, for HTTP and for the socket", async () => {
  const tls = join(folder, "tls");
  const port = await freePort();
  const origin = `https://localhost:${port}`;
  const publicUrl = new URL(origin);
  const pair = await loadTls({ tls: { kind: "generated" }, dataFolder: tls, publicUrl });
  const certificate = world.file("certificate", String(pair?.cert));
  const env = { SCEAU_PUBLIC_URL: origin, SCEAU_DISABLE_TLS: "true" };
  server = await startServer({ dataFolder: server.dataFolder, port: server.port, env });
  const door = createTlsServer({ ...pair }, (outside) => {
    const inside = connect(server.port, "127.0.0.1");
    outside.pipe(inside).pipe(outside);
    for (const end of [outside, inside]) end.on("error", () => outside.destroy() && inside.destroy());
  });
  await new Promise<void>((done) => door.listen(port, "127.0.0.1", done));
  try {
    const { totpSecret } = world.secretsOf("alice");
    const home = join(folder, "by tls");
    const login = async () => [
      ...["login", "--server", origin, "alice", "--no-passphrase"],
      ...["--password-file", join(folder, "password")],
      ...["--recovery-code-file", join(folder, "alice.json"), "--code", await freshTotpCode(totpSecret)],
    ];
    const refused = await call(home, [...(await login()), "--json"]);
    expect(refused.code).toBe(5);
    expect(JSON.parse(refused.error).error.message).toContain("--ca-file");
    expect(await call(home, [...(await login()), "--ca-file", certificate])).toMatchObject({ code: 0 });
    // It is remembered, and the socket says when all is there.
    expect(await call(home, ["listen", "--once"])).toMatchObject({ code: 0, error: "" });
    expect((await ask(home, "history", "@bob")).length).toBeGreaterThan(0);
    const another = world.file(
      "another",
      String((await loadTls({ tls: { kind: "generated" }, dataFolder: `${tls} 2`, publicUrl }))?.cert),
    );
    expect(await call(home, [...(await login()), "--ca-file", another])).toMatchObject({ code: 5 });
  } finally {
    door.close();
  }
});

/** No device, no recovery code: new keys in place of the lost ones. */
async function loseEverything(name: string): Promise<void> {
  const { totpSecret, recoveryCode } = world.secretsOf(name);
  const person: TestPerson = { name, password: PASSWORD, totpSecret, recoveryCode };
  const profile = newProfile();
  await signInAgain(server, person, profile);
  const entrance = createEntrance(nodePlatform(server.origin, profile));
  const { commit } = await entrance.prepareReset(name);
  await entrance.stepUp({ password: PASSWORD, code: await freshTotpCode(totpSecret) });
  await commit();
}
