import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { HttpAnswer } from "../server-metrics.ts";
import { createAddressOf } from "./client-address.ts";
import { createDoor } from "./door.ts";

let server: Server;
const measured: HttpAnswer[] = [];
let secure: Server;
const open = (url: string) =>
  createServer(
    createDoor(
      async (seen, response) => {
        response.end(JSON.stringify({ url: seen.url, headers: seen.headers }));
      },
      {
        publicUrl: new URL(url),
        addressOf: createAddressOf([]),
        dev: false,
        https: url.startsWith("https"),
        hashes: {},
        routes: ["/[locale]/login", "/api/people/[id]/keys", "/api/people/keys", "/api/admin/[...absent]"],
        measure: (answer) => void measured.push(answer),
        async isSignedIn(cookies) {
          if (cookies === "database=away") throw new Error("away");
          return cookies === "session=live";
        },
      },
    ),
  );

beforeAll(async () => {
  server = open("http://chat.test:8080");
  secure = open("https://chat.test");
  for (const one of [server, secure]) await new Promise<void>((done) => one.listen(0, "127.0.0.1", done));
});

afterAll(() => {
  for (const one of [server, secure]) one.close();
});

function ask(
  path: string,
  { method = "GET", host = "chat.test:8080", headers = {}, to = server } = {},
): Promise<{
  status?: number | undefined;
  location?: string | undefined;
  text: string;
  headers: Record<string, unknown>;
}> {
  return new Promise((resolve, reject) => {
    const { port } = to.address() as AddressInfo;
    const options = { host: "127.0.0.1", port, path, method, agent: false, headers: { host, ...headers } };
    const outgoing = request(options, (answer) => {
      let text = "";
      answer.on("data", (part) => {
        text += part;
      });
      answer.on("end", () =>
        resolve({
          status: answer.statusCode,
          location: answer.headers.location,
          text,
          headers: answer.headers,
        }),
      );
    });
    outgoing.on("error", reject).end();
  });
}

describe("somebody who is signed in", () => {
  it.each(["/login", "/register", "/login?from=here"])("is led from %s to the messenger", async (path) => {
    const answer = await ask(path, { headers: { cookie: "session=live" } });
    expect([answer.status, answer.location]).toEqual([303, "/"]);
  });

  it.each(["/", "/keys", "/recover", "/privacy"])("is left at %s", async (path) => {
    expect((await ask(path, { headers: { cookie: "session=live" } })).status).toBe(200);
  });

  it.each(["session=dead", "database=away"])("is not whoever sends %s", async (cookie) => {
    expect((await ask("/login", { headers: { cookie } })).status).toBe(200);
  });
});

describe("the door", () => {
  it.each([
    ["/login", "http://chat.test:8080/login"],
    ["//evil.example/x", "http://chat.test:8080//evil.example/x"],
    ["//[", "http://chat.test:8080//["],
    ["/\\evil.example", "http://chat.test:8080/\\evil.example"],
    ["/@evil.example", "http://chat.test:8080/@evil.example"],
  ])(
    "leads somebody who came to another host at %s to the same place here, nowhere else",
    async (path, location) => {
      expect(await ask(path, { host: "127.0.0.1" })).toMatchObject({ status: 308, location });
    },
  );

  it.each([
    ["http://evil.example/x", "chat.test:8080"],
    ["http://evil.example/x", "evil.example"],
    ["*", "chat.test:8080"],
  ])("refuses the request target %s", async (path, host) => {
    expect(await ask(path, { host, method: "OPTIONS" })).toMatchObject({ status: 400 });
  });

  it.each([
    ["GET", "/api/me"],
    ["POST", "/api/sign-in"],
    ["POST", "/login"],
  ])("refuses %s %s under another host", async (method, path) => {
    for (const host of ["evil.example", "chat.test", "chat.test:8081", "chat.test:8080.evil.example"]) {
      expect((await ask(path, { method, host })).status).toBe(421);
    }
  });

  it.each([
    ["TRACE", "/api/me"],
    ["PATCH", "/api/me"],
    ["OPTIONS", "/api/me"],
    ["PROPFIND", "/"],
    ["POST", "/login"],
    ["PUT", "/manifest.webmanifest"],
    ["DELETE", "/_next/static/x.js"],
  ])("refuses %s %s", async (method, path) => {
    const { status, headers } = await ask(path, { method });
    expect([status, typeof headers.allow]).toEqual([405, "string"]);
  });

  it.each(["/api/./sign-in", "/api/x/../sign-in", "/api/x/%2e%2E/sign-in", "//api/sign-in"])(
    "lets nobody to %s, which leads elsewhere than it says",
    async (path) => {
      expect((await ask(path, { method: "POST" })).status).toBe(404);
    },
  );

  it("lets no description of the client through but its own", async () => {
    const { text } = await ask("/api/me", {
      headers: {
        forwarded: "for=6.6.6.6",
        "x-forwarded-for": "6.6.6.6",
        "x-forwarded-host": "evil.example",
        "x-forwarded-proto": "gopher",
        "x-forwarded-port": "1",
        "x-real-ip": "6.6.6.6",
        "cf-connecting-ip": "6.6.6.6",
        "true-client-ip": "6.6.6.6",
      },
    });
    const seen = (JSON.parse(text) as { headers: Record<string, string> }).headers;
    expect(seen).toMatchObject({
      "x-forwarded-for": "127.0.0.1",
      "x-forwarded-host": "chat.test:8080",
      "x-forwarded-proto": "http",
    });
    expect(JSON.stringify(seen)).not.toMatch(/6\.6\.6\.6|evil|gopher/);
  });

  it("promises HTTPS for later only where it is served", async () => {
    expect((await ask("/")).headers).not.toHaveProperty("strict-transport-security");
    const { headers } = await ask("/", { to: secure, host: "chat.test" });
    expect(headers["strict-transport-security"]).toMatch(/^max-age=\d{8}/);
    expect(headers["content-security-policy"]).toContain("upgrade-insecure-requests");
  });

  it("sets its headers on refusals too", async () => {
    for (const answer of [await ask("/x", { host: "other" }), await ask("/x", { method: "POST" })]) {
      expect(answer.headers).toMatchObject({
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
      });
    }
  });
});

it("measures answers by the route they belong to, never by what a path says", async () => {
  measured.length = 0;
  const asked = [
    "/login",
    "/api/people/keys",
    "/api/people/alice/keys",
    "/api/admin/x/y",
    "/api/alice",
    "/_next/a.js",
  ];
  for (const path of asked) await ask(path);
  await ask("/api/people/keys", { method: "PATCH" });
  await expect.poll(() => measured.length).toBe(7);
  expect(measured.map(({ method, route, status }) => `${method} ${route} ${status}`)).toEqual([
    "GET /[locale]/login 200",
    "GET /api/people/keys 200",
    "GET /api/people/[id]/keys 200",
    "GET /api/admin/[...absent] 200",
    "GET other 200",
    "GET /_next 200",
    "other /api/people/keys 405",
  ]);
});
