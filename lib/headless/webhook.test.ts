import { once } from "node:events";
import type { Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createWebhook } from "./webhook.ts";

const TOKEN = "a-token-of-some-length";

let server: Server;
let url: string;
let delivered: string[];

beforeEach(async () => {
  delivered = [];
  server = createWebhook({
    token: TOKEN,
    perMinute: 20,
    patience: 2_000,
    async deliver(said) {
      if (said === "slow") await sleep(2_300);
      if (said === "fail") throw new Error("no");
      delivered.push(said);
      return { seq: delivered.length };
    },
    refusal: () => ({ status: 503, code: "offline" }),
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});

afterEach(() => {
  server.close();
  server.closeAllConnections();
});

const post = (body: string | Uint8Array<ArrayBuffer>, type = "text/plain", token = TOKEN, method = "POST") =>
  fetch(url, {
    method,
    headers: { "content-type": type, authorization: `Bearer ${token}` },
    ...(method === "POST" && { body }),
  });

test("text and JSON are delivered in order, and the answer says where they are", async () => {
  const answers = await Promise.all([
    post("one"),
    post('{"text":"two","more":1}', "application/json; charset=utf-8"),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  expect(delivered.toSorted()).toEqual(["one", "two"]);
  expect(await answers[0]?.json()).toHaveProperty("seq");
});

test("what its caller has given up, or what waited too long for those before it, is not sent", async () => {
  const slow = post("slow");
  await sleep(50);
  const givenUp = fetch(url, {
    method: "POST",
    headers: { "content-type": "text/plain", authorization: `Bearer ${TOKEN}` },
    body: "given up",
    signal: AbortSignal.timeout(500),
  });
  const late = post("late");
  await expect(givenUp).rejects.toThrow();
  expect((await slow).status).toBe(200);
  expect((await late).status).toBe(503);
  expect((await post("in time")).status).toBe(200);
  expect(delivered).toEqual(["slow", "in time"]);
});

test("nothing passes without the token", async () => {
  expect((await post("x", "text/plain", "another")).status).toBe(401);
  expect((await fetch(url, { method: "POST", body: "x" })).status).toBe(401);
  expect(delivered).toEqual([]);
});

test("what is no message is refused with a code", async () => {
  const refused = [
    [post("x", "application/x-www-form-urlencoded"), 415],
    [post("", "text/plain"), 400],
    [post("{", "application/json"), 400],
    [post('{"text":1}', "application/json"), 400],
    [post('{"text":"\\ud800"}', "application/json"), 400],
    [post(new Uint8Array([0xff, 0xfe])), 400],
    [post("x".repeat(12_001)), 413],
    [post("x".repeat(200_000)), 413],
    [post("", "text/plain", TOKEN, "GET"), 405],
  ] as const;
  for (const [answer, status] of refused) expect((await answer).status).toBe(status);
  expect(delivered).toEqual([]);
});

test("what is no request at all is answered in the same form", async () => {
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  socket.end("nothing of HTTP\r\n\r\n");
  const [head, body] = (await text(socket)).split("\r\n\r\n");
  expect(head).toMatch(/^HTTP\/1\.1 400 .*content-type: application\/json/s);
  expect(JSON.parse(body ?? "")).toEqual({ error: { code: "bad-request" } });
});

test("what cannot be sent is said, and holds up nothing", async () => {
  const failed = await post("fail");
  expect([failed.status, await failed.json()]).toEqual([503, { error: { code: "offline" } }]);
  expect((await post("next")).status).toBe(200);
});

test("a minute's worth may come at once, and no more; what is refused does not count", async () => {
  for (let i = 0; i < 30; i++) expect((await post("")).status).toBe(400);
  const statuses = [];
  for (let i = 0; i < 22; i++) statuses.push((await post(`${i}`)).status);
  expect(statuses).toEqual([...Array(20).fill(200), 429, 429]);
});

test("the line break at the end of a file is none of the message", async () => {
  await post("two\nlines\r\n");
  expect(delivered).toEqual(["two\nlines"]);
});
