import { generateKeyPairSync, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { decodeJwt, decodeProtectedHeader, SignJWT, UnsecuredJWT } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createEntrance } from "../../lib/client/entrance.ts";
import { totpCode } from "../../server/testing/device.ts";
import { newProfile, nodePlatform } from "../../server/testing/node-platform.ts";
import { type ServerProcess, startServer } from "../../server/testing/server-process.ts";
import { confirmSignIn, register, startSignIn, type TestAccount } from "./support/accounts.ts";
import { cookieHeader, post, send } from "./support/http.ts";
import { openSocket, upgradeStatus } from "./support/sockets.ts";

const COOKIE = "__Host-sceau-session";
let server: ServerProcess;
let alice: TestAccount;
let secret: Uint8Array;

beforeAll(async () => {
  server = await startServer();
  alice = await register(server, "alice", server.firstRunToken);
  const { jwt } = JSON.parse(readFileSync(join(server.dataFolder, "secrets.json"), "utf8")) as {
    jwt: string;
  };
  secret = Buffer.from(jwt, "base64url");
});

afterAll(() => server?.dispose());

const token = () => alice.profile.cookies.get(COOKIE) as string;
const me = (cookie: string) => send(server, "GET", "/api/me", { headers: { cookie } });

/** The living token with claims and header changed, and signed again with the server's own key. */
function resign(
  claims: object,
  header: object = {},
  key: Parameters<SignJWT["sign"]>[0] = secret,
): Promise<string> {
  const payload = Object.entries({ ...decodeJwt(token()), ...claims }).filter(
    ([, value]) => value !== undefined,
  );
  return new SignJWT(Object.fromEntries(payload))
    .setProtectedHeader({ ...decodeProtectedHeader(token()), alg: "HS256", ...header })
    .sign(key);
}

const now = () => Math.floor(Date.now() / 1000);
const refused: Record<string, () => string | Promise<string>> = {
  "no JWT": () => "x",
  "signed with nothing (alg none)": () => new UnsecuredJWT(decodeJwt(token())).encode(),
  "signed with RS256": () =>
    resign({}, { alg: "RS256" }, generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey),
  "signed with another key": () => resign({}, {}, randomBytes(32)),
  "of an unknown key id": () => resign({}, { kid: "unknown" }),
  "of another type": () => resign({}, { typ: "JWT" }),
  "without an end": () => resign({ exp: undefined }),
  "for another audience": () => resign({ aud: "other" }),
  "of another server": () => resign({ iss: "https://evil.example" }),
  "of a session that is not there": () => resign({ sid: "A".repeat(43) }),
  "of another account's session": () => resign({ sub: "AAAAAAAAAAAAAAAAAAAAAA" }),
  "over, and to be renewed": () => resign({ exp: now() - 1 }),
};

describe("a token", () => {
  test("that is the server's own is taken: what follows fails for its own reason", async () => {
    expect((await me(`${COOKIE}=${await resign({})}`)).status).toBe(200);
  });

  test.each(Object.entries(refused))("%s is refused by HTTP and by the socket", async (_, make) => {
    const cookie = `${COOKIE}=${await make()}`;
    const { status, code } = await me(cookie);
    expect(status).toBe(401);
    expect(code).toMatch(/^(signed-out|session-stale)$/);
    expect(await upgradeStatus(server, { cookie })).toBe(401);
  });

  test("there twice is refused, even twice the same", async () => {
    const one = `${COOKIE}=${token()}`;
    for (const cookie of [`${one}; ${one}`, `${COOKIE}=x; ${one}`, `${one}; ${COOKIE}=x`]) {
      expect((await me(cookie)).status).toBe(401);
      expect(await upgradeStatus(server, { cookie })).toBe(401);
      const renewed = await send(server, "GET", "/api/auth/session", { headers: { cookie } });
      expect(renewed.body).toBe("{}");
    }
  });

  test.each([
    ["in pieces, as next-auth would put it together", () => `${COOKIE}.0=${token()}`],
    ["under next-auth's own name", () => `__Secure-next-auth.session-token=${token()}`],
    ["in another case", () => `${COOKIE.toLowerCase()}=${token()}`],
  ])("%s is not seen", async (_, cookie) => {
    expect((await me(cookie())).status).toBe(401);
    const session = await send(server, "GET", "/api/auth/session", { headers: { cookie: cookie() } });
    expect(session.body).toBe("{}");
  });

  test("in a header is not seen", async () => {
    const headers = { authorization: `Bearer ${token()}` };
    expect((await send(server, "GET", "/api/me", { headers })).status).toBe(401);
  });
});

describe("a token that is over", () => {
  test("renews itself while its session lives", async () => {
    const stale = await resign({ exp: now() - 3600 });
    expect(await me(`${COOKIE}=${stale}`)).toMatchObject({ status: 401, code: "session-stale" });
    const answer = await send(server, "GET", "/api/auth/session", {
      headers: { cookie: `${COOKIE}=${stale}` },
    });
    const fresh = answer.headers["set-cookie"]?.find((cookie) => cookie.startsWith(`${COOKIE}=`)) ?? "";
    expect((await me(fresh.split(";")[0] ?? "")).status).toBe(200);
  });

  test.each([
    ["for longer than any session", { exp: () => now() - 13 * 3600 }],
    ["and of no session", { exp: () => now() - 60, sid: () => "A".repeat(43) }],
  ])("%s does not", async (_, claims) => {
    const changed = Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, value()]));
    const cookie = `${COOKIE}=${await resign(changed)}`;
    expect((await send(server, "GET", "/api/auth/session", { headers: { cookie } })).body).toBe("{}");
  });
});

test("every cookie is for this host alone, over TLS, hidden from scripts, and never sent across sites", async () => {
  const bob = await register(server, "bob");
  const challenge = await startSignIn(server, "bob");
  const answers = [
    await confirmSignIn(server, { challenge, code: totpCode(bob.totpSecret) }),
    await send(server, "GET", "/api/auth/session", { headers: cookieHeader(bob.profile) }),
    await send(server, "GET", "/api/auth/csrf"),
  ];
  const cookies = answers.flatMap(({ headers }) => headers["set-cookie"] ?? []);
  expect(cookies.some((cookie) => cookie.startsWith(`${COOKIE}=`))).toBe(true);
  for (const cookie of cookies) {
    const [pair = "", ...attributes] = cookie.split(/;\s*/);
    expect(pair).toMatch(/^__Host-/);
    expect(attributes).toEqual(expect.arrayContaining(["Path=/", "Secure", "HttpOnly", "SameSite=Strict"]));
    expect(cookie).not.toMatch(/domain=/i);
  }
});

describe("signing out", () => {
  test("ends the session and its sockets at once, and nobody else's", async () => {
    const carol = await register(server, "carol");
    const other = { ...carol, profile: newProfile() };
    const entrance = createEntrance(nodePlatform(server.origin, other.profile));
    const challenge = await startSignIn(server, "carol");
    await entrance.confirmSignIn({ challenge, code: totpCode(carol.totpSecret) });
    const cookie = cookieHeader(other.profile);
    const sockets = await Promise.all([1, 2].map(() => openSocket(server, other.profile)));
    const bystander = await openSocket(server, carol.profile);

    await entrance.signOut();
    expect(await Promise.all(sockets.map(({ closed }) => closed))).toEqual([4401, 4401]);
    expect(other.profile.cookies.has(COOKIE)).toBe(false);
    // The stolen cookie of a session that is over.
    expect((await me(cookie.cookie)).status).toBe(401);
    expect(await upgradeStatus(server, cookie)).toBe(401);
    const renewed = await send(server, "GET", "/api/auth/session", { headers: cookie });
    expect(renewed.body).toBe("{}");

    expect(bystander.socket.readyState).toBe(bystander.socket.OPEN);
    expect((await me(cookieHeader(carol.profile).cookie)).status).toBe(200);
    bystander.close();
  });

  test("cannot be done by another site, by a link, or without the CSRF token", async () => {
    const headers = cookieHeader(alice.profile);
    const attempts = [
      await send(server, "GET", "/api/auth/signout", { headers }),
      await post(server, "/api/auth/signout", { json: "true" }, headers),
      await post(server, "/api/auth/signout", { json: "true", csrfToken: "0".repeat(64) }, headers),
      await post(
        server,
        "/api/auth/signout",
        { json: "true", csrfToken: "x" },
        { ...headers, origin: "null" },
      ),
    ];
    expect(attempts.map(({ status }) => status)).toEqual([404, 400, 403, 403]);
    expect((await me(headers.cookie)).status).toBe(200);
  });
});
