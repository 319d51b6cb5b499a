import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freshTotpCode } from "../../server/testing/device.ts";
import { adminCommand } from "../security/support/admin-command.ts";
import { ask, call, type Running, start } from "./cli.ts";
import { type HeadlessWorld, openHeadlessWorld } from "./world.ts";

let world: HeadlessWorld;
let alice: string;
let bob: string;
let listening: Running;

beforeAll(async () => {
  world = await openHeadlessWorld();
  alice = await world.register("alice");
  bob = await world.register("bob");
  listening = world.run(bob, "listen");
});

afterAll(async () => {
  await world?.close();
  await world?.server.dispose();
});

const texts = () => listening.printed.filter(({ type }) => type === "message").map(({ text }) => text);
const lastOf = (room: string) =>
  listening.printed.findLast(({ type, conversation }) => type === "room" && conversation === room);

async function openWebhook(...args: string[]) {
  const token = ["--token-file", world.file("token", "the-token-of-a-build-machine\n")];
  const hook = world.run(
    alice,
    "webhook",
    ...args,
    "--json",
    "--port",
    "0",
    "--per-minute",
    "1200",
    ...token,
  );
  await expect.poll(() => hook.printed.length).toBe(1);
  const headers = { authorization: "Bearer the-token-of-a-build-machine", "content-type": "text/plain" };
  return (body: string) => fetch(String(hook.printed[0]?.url), { method: "POST", headers, body });
}

test("goes on when one is out of a room, and in it again", async () => {
  const [{ conversation: room } = { conversation: "" }] = await ask(alice, "room", "create", "coming", "bob");
  const post = await openWebhook(room);
  for (const round of [1, 2, 3]) {
    await post(`round ${round}`);
    await expect.poll(texts).toContain(`round ${round}`);
    let left = false;
    const leaving = ask(bob, "room", "leave", room).finally(() => {
      left = true;
    });
    // So there is always something to tell while he is out already, and does not know yet.
    while (!left) await post("meanwhile");
    await leaving;
    await expect.poll(() => lastOf(room)).toMatchObject({ gone: true, canSend: false });
    await ask(alice, "room", "invite", room, "bob");
    await expect.poll(() => lastOf(room)).toMatchObject({ gone: false, canSend: true });
  }
  expect(listening.child.exitCode).toBeNull();
});

test("tells nothing twice of a room that one comes back to with all of its history", async () => {
  const made = await ask(alice, "room", "create", "lasting", "bob", "--history", "all");
  const room = String(made[0]?.conversation);
  await ask(alice, "send", room, "before one left");
  await expect.poll(texts).toContain("before one left");
  await ask(bob, "room", "leave", room);
  await expect.poll(() => lastOf(room)).toMatchObject({ gone: true });
  await ask(alice, "room", "invite", room, "bob");
  await ask(alice, "send", room, "since one is back");
  await expect.poll(texts).toContain("since one is back");
  expect(texts().filter((text) => text === "before one left")).toHaveLength(1);
});

test("goes on when the account signs in anew beside it", async () => {
  const code = await freshTotpCode(world.secretsOf("bob").totpSecret);
  const [{ device } = {}] = await ask(bob, "whoami");
  await ask(bob, "login", "--password-file", join(world.folder, "password"), "--code", code);
  // With the next use of the new session, the server ends the old one of this device.
  expect(await ask(bob, "whoami")).toMatchObject([{ device }]);
  const [made] = await ask(alice, "room", "create", "renewed", "bob");
  await ask(alice, "send", String(made?.conversation), "to the new session");
  await expect.poll(texts).toContain("to the new session");
  expect(listening.child.exitCode).toBeNull();
});

test("a command asks nothing about conversations that it does not concern", async () => {
  const made = await ask(alice, "room", "create", "concerned", "bob");
  const { code, error } = await call(bob, ["--debug", "send", String(made[0]?.conversation), "here"]);
  expect(code).toBe(0);
  const asked = new Set(error.match(/(?<=\/api\/conversations\/)[\w-]{22}/g));
  expect([...asked]).toEqual([made[0]?.conversation]);
});

test("goes on beside a room that access rules close to one, and tells what was said there once they open it", async () => {
  const [{ conversation: room } = { conversation: "" }] = await ask(alice, "room", "create", "closed", "bob");
  await ask(alice, "send", room, "before");
  await expect.poll(texts).toContain("before");
  const rules = (...args: string[]) => adminCommand(world.server, ...args);
  expect(await rules("rules:add", "deny", room, "everybody")).toMatchObject({ code: 0 });
  await expect.poll(() => lastOf(room), { timeout: 60_000 }).toMatchObject({ canSend: false });
  await listening.end("SIGKILL");
  listening = world.run(bob, "listen");
  await ask(alice, "send", "bob", "elsewhere");
  await expect.poll(texts).toContain("elsewhere");
  expect(await rules("rules:off")).toMatchObject({ code: 0 });
  await expect.poll(() => lastOf(room), { timeout: 60_000 }).toMatchObject({ canSend: true });
  await ask(alice, "send", room, "after");
  await expect.poll(texts).toContain("after");
  expect(await listening.end("SIGTERM")).toBe(0);
});

test("once, it marks as read what it printed; unread or not, the newest messages are the history's end", async () => {
  const post = await openWebhook("bob");
  const lines = Array.from({ length: 220 }, (_, i) => `line ${i}`);
  while (lines.length > 0) {
    const posted = await Promise.all(lines.splice(0, 20).map(post));
    expect(posted.map(({ status }) => status)).toEqual(posted.map(() => 200));
  }
  await ask(alice, "send", "bob", "first\n9  2026-01-01 00:00  bob: what bob never said");
  const [, newest] = await ask(bob, "history", "@alice", "--limit", "2");
  expect(newest).toMatchObject({ seq: 222, text: expect.stringMatching(/^first\n9/) });
  expect(await ask(bob, "history", "@alice", "--before", "100", "--limit", "1")).toMatchObject([{ seq: 99 }]);
  expect(await ask(bob, "history", "@alice", "--limit", "1000")).toHaveLength(222);
  const { out } = await call(bob, ["history", "@alice", "--limit", "1"]);
  expect(out).toMatch(/^222 .* alice: first\n {4}9 {2}2026-01-01/);

  const unread = async () => (await ask(bob, "rooms")).find(({ name }) => name === "alice")?.unread;
  expect(await unread()).toBe(222);
  expect(await call(bob, ["listen", "--once", "--mark-read", "--since", "all"])).toMatchObject({ code: 0 });
  expect(await unread()).toBe(0);
});

test("ends in order when it is asked to while nobody reads what it prints", async () => {
  const [made] = await ask(alice, "room", "create", "unheard", "bob");
  const post = await openWebhook(String(made?.conversation));
  for (let i = 0; i < 40; i += 1) await post("x".repeat(12_000));
  const deaf = start(bob, ["listen", "--since", "all"]);
  // More than a pipe holds waits to be taken by then.
  await sleep(5_000);
  expect(deaf.exitCode).toBeNull();
  const exited = once(deaf, "exit");
  deaf.kill("SIGTERM");
  expect((await exited)[0]).toBe(0);
});

test("ends in order when it is asked to while it waits for the server", async () => {
  await world.server.kill("SIGTERM");
  const waiting = world.run(bob, "listen", "--debug");
  await new Promise((heard) => waiting.child.stderr?.once("data", heard));
  await expect(Promise.race([waiting.end("SIGTERM"), sleep(30_000)])).resolves.toBe(0);
});
