import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Bytes } from "../../lib/base/bytes.ts";
import { toBase64url } from "../../lib/base/encoding.ts";
import { meAnswer } from "../../lib/protocol/http/accounts.ts";
import { credentialsAnswer } from "../../lib/protocol/http/credentials.ts";
import { jpeg, webp } from "../../server/services/testing/pictures.ts";
import { type Device, registerDevice, startTalking } from "../../server/testing/device.ts";
import { newProfile } from "../../server/testing/node-platform.ts";
import { type ServerProcess, startServer } from "../../server/testing/server-process.ts";
import { type Answer, cookieHeader, post, send } from "./support/http.ts";
import { type SteppedUp, steppedUp } from "./support/stepped-up.ts";

let server: ServerProcess;
let alice: Device;
let bob: Device;
let stranger: SteppedUp;

beforeAll(async () => {
  server = await startServer();
  alice = await registerDevice(server, "alice");
  bob = await registerDevice(server, "bob");
  await startTalking(alice, bob);
  stranger = await steppedUp(server, "stranger");
});

afterAll(async () => {
  for (const device of [alice, bob]) device?.close();
  await server?.dispose();
});

const outcome = ({ status, code }: Answer) => [status, code];
const put = (path: string, body: unknown, { profile }: Pick<Device, "profile"> = alice) =>
  post(server, path, body, cookieHeader(profile), "PUT");
const hashOf = (bytes: Bytes) =>
  toBase64url(new Uint8Array(createHash("sha256").update(bytes).digest().subarray(0, 16)));
const ownId = async () => (await stranger.api.get("/api/me", meAnswer)).account.id;

describe("name and status", () => {
  test("reach one's own tabs and those one writes with, at once", async () => {
    const profile = { displayName: "<b>Alice</b>", status: "“away” & <i>tired</i>" };
    expect((await put("/api/me", profile)).status).toBe(204);
    await alice.until(({ me }) => me?.displayName === profile.displayName, "one's own name");
    const { conversations } = await bob.until(
      (state) => state.conversations?.[0]?.peer?.displayName === profile.displayName,
      "the other's name",
    );
    expect(conversations?.[0]?.peer).toMatchObject(profile);
    const found = await bob.messenger.findPeople("alice");
    expect(found[0]).toMatchObject(profile);
    const again = await bob.reload();
    expect(again.messenger.getState().conversations?.[0]?.peer).toMatchObject(profile);
    bob = again;
  });

  test.each([
    ["a status of 121 characters", { status: "x".repeat(121) }],
    ["a status with a line break", { status: "two\nlines" }],
    ["a status with NUL", { status: "a\0b" }],
    ["a status that overrides the direction of text", { status: "a\u202eb" }],
    ["a status that is a lone surrogate", { status: "\ud800" }],
    ["a status that is a number", { status: 1 }],
    ["no status", { status: undefined }],
    ["an empty name", { displayName: "  " }],
    ["a name that shows nothing", { displayName: "\u2800" }],
    ["a name of 65 characters", { displayName: "x".repeat(65) }],
    ["a further field", { role: "administrator" }],
    ["a prototype", JSON.parse('{"__proto__":{"role":"administrator"}}')],
  ])("are refused with %s", async (_, fields) => {
    const body = { displayName: "Alice", status: "", ...fields };
    expect(outcome(await put("/api/me", body))).toEqual([400, "bad-request"]);
  });
});

describe("a picture", () => {
  const get = (query: string, profile = bob.profile) =>
    ownId().then((id) =>
      send(server, "GET", `/api/people/${id}/picture${query}`, { headers: cookieHeader(profile) }),
    );

  test("is served to whoever is signed in, as what it is, under its hash alone", async () => {
    for (const [bytes, type] of [
      [webp(), "image/webp"],
      [jpeg(), "image/jpeg"],
    ] as const) {
      await stranger.api.send("PUT", "/api/me/picture", { picture: bytes });
      const { account } = await stranger.api.get("/api/me", meAnswer);
      expect(account.picture).toBe(hashOf(bytes));
      const answer = await get(`?v=${account.picture}`);
      expect(answer.status).toBe(200);
      expect(answer.headers).toMatchObject({
        "content-type": type,
        "x-content-type-options": "nosniff",
        "cache-control": "private, max-age=31536000, immutable",
      });
      expect(answer.headers["content-security-policy"]).toContain("default-src 'none'");
    }
    expect((await get(`?v=${hashOf(webp())}`)).status).toBe(404);
    expect(outcome(await get(`?v=${hashOf(jpeg())}`, newProfile()))).toEqual([401, "signed-out"]);
    for (const query of ["", "?v=", "?v=short", `?v=${hashOf(jpeg())}&x=1`, `?v=${hashOf(jpeg())}A`])
      expect(outcome(await get(query))).toEqual([400, "bad-request"]);
  });

  test("is gone once it is removed", async () => {
    await stranger.api.send("PUT", "/api/me/picture", { picture: webp() });
    await stranger.api.send("DELETE", "/api/me/picture", {});
    expect((await get(`?v=${hashOf(webp())}`)).status).toBe(404);
    expect((await stranger.api.get("/api/me", meAnswer)).account.picture).toBe(null);
  });

  test("of somebody one writes with changes at once, and so does its absence", async () => {
    await put("/api/me/picture", { picture: toBase64url(webp()) });
    await bob.until(
      ({ conversations }) => conversations?.[0]?.peer?.picture === hashOf(webp()),
      "the picture",
    );
    await send(server, "DELETE", "/api/me/picture", {
      headers: { origin: server.origin, ...cookieHeader(alice.profile) },
    });
    await bob.until(({ conversations }) => conversations?.[0]?.peer?.picture === null, "no picture");
  });

  test.each([
    ["an SVG", Buffer.from("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"), "bad-picture"],
    ["an HTML page", Buffer.from("<!doctype html><script>alert(1)</script>"), "bad-picture"],
    ["a JPEG with HTML behind it", Buffer.concat([jpeg(), Buffer.from("<script>")]), "bad-picture"],
    ["a JPEG cut off", jpeg().subarray(0, -1), "bad-picture"],
    ["a JPEG of 4,096 pixels", jpeg({ side: 4096 }), "bad-picture"],
    ["nothing", new Uint8Array(), "bad-request"],
    ["64 KiB and a byte", new Uint8Array(64 * 1024 + 1), "bad-request"],
  ])("is not %s", async (_, bytes, code) => {
    const picture = toBase64url(new Uint8Array(bytes));
    expect(outcome(await put("/api/me/picture", { picture }))).toEqual([400, code]);
  });

  test.each([
    ["an array of bytes", [255, 216]],
    ["a data URL", "data:image/svg+xml;base64,PHN2Zy8+"],
    ["null", null],
  ])("is not sent as %s", async (_, picture) => {
    expect(outcome(await put("/api/me/picture", { picture }))).toEqual([400, "bad-request"]);
  });
});

describe("an e-mail address", () => {
  const setEmail = (email: unknown, by: Pick<Device, "profile"> = stranger) =>
    put("/api/me/email", { email }, by);
  const ownEmail = async () => (await stranger.api.get("/api/credentials", credentialsAnswer)).email;

  test("needs a step-up", async () => {
    expect(outcome(await setEmail("a@example.org", alice))).toEqual([403, "step-up-required"]);
  });

  test("belongs to one account, however it is written, until it is given up", async () => {
    const other = await steppedUp(server, "other");
    expect((await setEmail("Someone@Example.org")).status).toBe(204);
    expect(await ownEmail()).toBe("Someone@Example.org");
    expect(outcome(await setEmail("someone@example.ORG", other))).toEqual([409, "email-taken"]);
    expect((await setEmail(null)).status).toBe(204);
    expect(await ownEmail()).toBe(null);
    expect((await setEmail("someone@example.org", other)).status).toBe(204);
  });

  test("is nobody else's to see", async () => {
    await setEmail("private@example.org");
    for (const path of ["/api/people?q=stranger", `/api/people/${await ownId()}/keys`]) {
      const { body } = await send(server, "GET", path, { headers: cookieHeader(bob.profile) });
      expect(body).not.toContain("private@");
    }
  });

  test("is asked about a few times, not until somebody's is found", async () => {
    const tries = Array.from({ length: 11 }, (_, i) => `guess${i}@example.org`);
    const answers: number[] = [];
    for (const guess of tries) answers.push((await setEmail(guess)).status);
    expect(answers.at(-1)).toBe(429);
  });

  test.each([
    "",
    "nobody",
    "a b@example.org",
    "a@example",
    "a@exämple.org",
    "а@example.org",
    "a@example.org\nbcc: all@example.org",
    '"<script>"@example.org',
    `${"x".repeat(250)}@example.org`,
    1,
    ["a@example.org"],
    undefined,
  ])("is not %j", async (email) => {
    expect(outcome(await setEmail(email))).toEqual([400, "bad-request"]);
  });
});
