import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ServerProcess, startServer } from "../../server/testing/server-process.ts";
import { register, type TestAccount } from "./support/accounts.ts";
import { type Answer, cookieHeader, post, type Sent, send } from "./support/http.ts";

let server: ServerProcess;
let alice: TestAccount;

beforeAll(async () => {
  server = await startServer();
  alice = await register(server, "alice", server.firstRunToken);
});

afterAll(() => server?.dispose());

const JSON_TYPE = { "content-type": "application/json" };
const outcome = ({ status, code }: Answer) => [status, code];

describe.each([
  ["/api/sign-in", "POST"],
  ["/api/keys", "POST"],
  ["/api/devices/current", "PUT"],
  ["/api/auth/signout", "POST"],
])("%s", (path, method) => {
  const ask = (headers: Sent["headers"], body = "{}") =>
    send(server, method, path, { headers: { ...cookieHeader(alice.profile), ...headers }, body });

  test("takes a request of our own page: what follows is refused for its own reason", async () => {
    const headers = { ...JSON_TYPE, origin: server.origin, "sec-fetch-site": "same-origin" };
    expect(outcome(await ask(headers))).toEqual([400, "bad-request"]);
  });

  test.each([
    ["no Origin", () => ({})],
    ["the Origin null", () => ({ origin: "null" })],
    ["another Origin", () => ({ origin: "https://evil.example" })],
    ["our host on another port", () => ({ origin: "http://localhost:1" })],
    ["our host under another scheme", () => ({ origin: server.origin.replace("http", "https") })],
    ["our Origin and more", () => ({ origin: `${server.origin}.evil.example` })],
    ["our Origin with a slash", () => ({ origin: `${server.origin}/` })],
    ["two Origins", () => ({ origin: [server.origin, "https://evil.example"] })],
    ["Sec-Fetch-Site: cross-site", () => ({ origin: server.origin, "sec-fetch-site": "cross-site" })],
    ["Sec-Fetch-Site: same-site", () => ({ origin: server.origin, "sec-fetch-site": "same-site" })],
    ["Sec-Fetch-Site: none", () => ({ origin: server.origin, "sec-fetch-site": "none" })],
    ["our page as Referer only", () => ({ referer: `${server.origin}/login` })],
  ])("refuses %s", async (_, headers: () => Sent["headers"]) => {
    expect(outcome(await ask({ ...JSON_TYPE, ...headers() }))).toEqual([403, "wrong-origin"]);
  });

  test.each([
    ["a form", "application/x-www-form-urlencoded"],
    ["a form with files", "multipart/form-data; boundary=x"],
    ["text", "text/plain"],
    ["text that ends like JSON", "text/plain; x=application/json"],
    ["a type that begins like JSON", "application/json-seq"],
  ])("refuses %s", async (_, type) => {
    const answer = await ask({ origin: server.origin, "content-type": type });
    expect(outcome(answer)).toEqual([415, "wrong-content-type"]);
  });

  test("refuses a body without a type", async () => {
    expect(outcome(await ask({ origin: server.origin }))).toEqual([415, "wrong-content-type"]);
  });

  const nested = (open: string, close: string) => open.repeat(100_000) + close.repeat(100_000);
  test.each([
    ["nothing", ""],
    ["half an object", '{"name":'],
    ["a list", "[]"],
    ["null", "null"],
    ["a word", '"text"'],
    ["100,000 lists in one another", nested("[", "]")],
    ["20,000 objects in a field", `{"name":${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}}`],
    ["a field named __proto__", '{"__proto__":{"name":"x","password":"y"}}'],
    ["a field named constructor", '{"constructor":{"prototype":{"name":"x"}}}'],
    ["a field that nobody knows", '{"isAdministrator":true}'],
  ])("refuses %s", async (_, body) => {
    expect(outcome(await ask({ ...JSON_TYPE, origin: server.origin }, body))).toEqual([400, "bad-request"]);
  });

  test("refuses more than 256 KiB, announced or not", async () => {
    const body = JSON.stringify({ name: "x".repeat(256 * 1024) });
    const headers = { ...JSON_TYPE, origin: server.origin, ...cookieHeader(alice.profile) };
    const announced = await send(server, method, path, { headers, body });
    const unannounced = await send(server, method, path, {
      headers,
      chunks: [body.slice(0, 9), body.slice(9)],
    });
    expect([announced, unannounced].map(outcome)).toEqual([
      [413, "too-large"],
      [413, "too-large"],
    ]);
  });
});

describe("a record with its boxes", () => {
  test("may have 4 MiB and no more", async () => {
    // Closed at once, with most of the body on its way, the connection may end before the answer is read.
    const lasting = { connection: "keep-alive" };
    const headers = { ...JSON_TYPE, ...lasting, origin: server.origin, ...cookieHeader(alice.profile) };
    const ask = (bytes: number) =>
      send(server, "POST", "/api/conversations", {
        headers,
        body: JSON.stringify({ record: "A".repeat(bytes), boxes: [] }),
      });
    expect(outcome(await ask(3 * 1024 * 1024))).toEqual([400, "bad-request"]);
    expect(outcome(await ask(4 * 1024 * 1024))).toEqual([413, "too-large"]);
  });
});

describe("prototypes", () => {
  test("stay as they are after every body above", async () => {
    expect(
      (await post(server, "/api/sign-in", '{"__proto__":{"name":"a","password":"b"},"name":"alice"}')).status,
    ).toBe(400);
    expect((await send(server, "GET", "/api/health")).status).toBe(200);
  });
});

describe("next-auth's own places", () => {
  test.each([
    ["GET", "signin"],
    ["GET", "signin/credentials"],
    ["POST", "signin/credentials"],
    ["GET", "signout"],
    ["GET", "providers"],
    ["GET", "error"],
    ["GET", "error?error=<script>"],
    ["GET", "verify-request"],
    ["GET", "callback/credentials"],
    ["GET", "callback/credentials?callbackUrl=https://evil.example"],
    ["POST", "callback/other"],
    ["POST", "session"],
    ["POST", "csrf"],
    ["POST", "_log"],
    ["GET", "session/x"],
    ["GET", "callback%2fcredentials"],
    ["POST", "callback%2fcredentials"],
    ["GET", "constructor"],
    ["GET", "__proto__"],
  ])("%s /api/auth/%s is not there", async (method, rest) => {
    const headers = { ...JSON_TYPE, origin: server.origin, ...cookieHeader(alice.profile) };
    const body = method === "GET" ? undefined : "{}";
    const { status, headers: answered } = await send(server, method, `/api/auth/${rest}`, { headers, body });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expect(answered).not.toHaveProperty("location");
  });

  test.each(["csrf", "session"])("%s leads nowhere, whatever it is asked to", async (action) => {
    const path = `/api/auth/${action}?callbackUrl=https://evil.example&error=x`;
    const headers = {
      ...cookieHeader(alice.profile),
      "x-forwarded-host": "evil.example",
      "x-forwarded-proto": "gopher",
    };
    const answer = await send(server, "GET", path, { headers });
    expect(answer.status).toBe(200);
    expect(JSON.stringify([answer.headers, answer.body])).not.toMatch(/evil|gopher/);
  });
});

describe("what comes first", () => {
  test.each([
    ["GET", "/api/me", 421],
    ["POST", "/api/sign-in", 421],
    ["GET", "/login", 308],
    ["POST", "/login", 421],
    ["GET", "/api/health", 200],
  ])("under another host %s %s is answered with %i", async (method, path, status) => {
    const answer = await send(server, method, path, { headers: { host: "evil.example" } });
    expect(answer.status).toBe(status);
    if (status === 308) expect(answer.headers.location).toBe(`${server.origin}${path}`);
    expect(answer.body).not.toContain("evil");
  });

  test.each([
    ["a request target that is no URL under another host", "GET //[ HTTP/1.1\r\nHost: x\r\n"],
    ["one under our host", "GET //[ HTTP/1.1\r\n$HOST"],
    ["a proxy's request target", "GET http://evil.example/ HTTP/1.1\r\n$HOST"],
    ["a path that does not decode", "GET /%E0%A4%A HTTP/1.1\r\n$HOST"],
    ["a method that nobody has", "TRACE /api/me HTTP/1.1\r\n$HOST"],
    ["two lengths", "POST /api/sign-in HTTP/1.1\r\n$HOSTContent-Length: 1\r\nContent-Length: 2\r\n"],
    [
      "a length beside chunks",
      "POST /api/sign-in HTTP/1.1\r\n$HOSTContent-Length: 4\r\nTransfer-Encoding: chunked\r\n",
    ],
    ["an upgrade to HTTP/2", "GET /login HTTP/1.1\r\n$HOSTConnection: Upgrade\r\nUpgrade: h2c\r\n"],
  ])("%s harms nothing", async (_, head) => {
    const text = `${head.replace("$HOST", `Host: localhost:${server.port}\r\n`)}Connection: close\r\n\r\n`;
    const answer = await new Promise<string>((resolve, reject) => {
      let received = "";
      const socket = connect(server.port, "127.0.0.1", () => socket.write(text));
      socket.on("data", (part) => {
        received += part;
      });
      socket.on("close", () => resolve(received)).on("error", reject);
    });
    expect(answer).not.toMatch(/^HTTP\/1\.1 (2|5)/);
    expect(answer).not.toMatch(/location: \S*evil/i);
    expect(server.output()).not.toContain("uncaughtException");
  });
});
