import { generateKeyPairSync, randomBytes } from "node:crypto";
import { type JWTPayload, SignJWT, UnsecuredJWT } from "jose";
import { describe, expect, it } from "vitest";
import type { JwtKey } from "../secrets.ts";
import { BROWSER_SECONDS, createTokens, TOKEN_SECONDS } from "./tokens.ts";

const NOW = 1_800_000_000;
const ISSUER = "https://chat.example.org";
const newKey = (kid: string): JwtKey => ({ kid, key: new Uint8Array(randomBytes(32)) });
const key = newKey("current");
const old = newKey("old");
const stranger = newKey("current");

const create = (issuer = ISSUER, at = NOW, keys: [JwtKey, ...JwtKey[]] = [key, old]) =>
  createTokens(keys, issuer, () => at * 1000);
const tokens = create();

const claims: JWTPayload = {
  sub: "account",
  sid: "session",
  iss: ISSUER,
  aud: "sceau",
  iat: NOW,
  nbf: NOW,
  exp: NOW + 60,
};
const header = { alg: "HS256", typ: "ses+jwt", kid: "current" };
const sign = (changed: JWTPayload = {}, head: object = {}, secret: JwtKey = key) => {
  const payload = Object.fromEntries(
    Object.entries({ ...claims, ...changed }).filter(([, value]) => value !== undefined),
  );
  return new SignJWT(payload).setProtectedHeader({ ...header, ...head }).sign(secret.key);
};
const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });

const refused: Record<string, () => Promise<string> | string> = {
  "is no JWT": () => "token",
  "is empty": () => "",
  "is unsigned (alg none)": () => new UnsecuredJWT(claims).encode(),
  "has no signature": async () => `${(await sign()).split(".").slice(0, 2).join(".")}.`,
  "is signed with RS256": () =>
    new SignJWT(claims).setProtectedHeader({ ...header, alg: "RS256" }).sign(rsa.privateKey),
  "is signed with HS384": async () =>
    new SignJWT(claims).setProtectedHeader({ ...header, alg: "HS384" }).sign(randomBytes(48)),
  "is signed with another key under the same kid": () => sign({}, {}, stranger),
  "names an unknown kid": () => sign({}, { kid: "other" }),
  "names no kid": () => sign({}, { kid: undefined }),
  "names the kid of the other key": () => sign({}, { kid: "old" }),
  "has another type": () => sign({}, { typ: "JWT" }),
  "has no type": () => sign({}, { typ: undefined }),
  "asks for an unknown extension": () => sign({}, { crit: ["x"], x: 1 }).catch(() => "not signed"),
  "is another server's": () => sign({ iss: "https://other.example.org" }),
  "is for another audience": () => sign({ aud: "other" }),
  "has no issuer": () => sign({ iss: undefined as never }),
  "has no audience": () => sign({ aud: undefined as never }),
  "has no subject": () => sign({ sub: undefined as never }),
  "has no session": () => sign({ sid: undefined }),
  "has a session that is no text": () => sign({ sid: 7 }),
  "never expires": () => sign({ exp: undefined as never }),
  "has no time of issue": () => sign({ iat: undefined as never }),
  "has no beginning": () => sign({ nbf: undefined as never }),
  "begins in the future": () => sign({ nbf: NOW + 5 }),
  "expires as a word": () => sign({ exp: "never" as never }),
  "has a claim changed after signing": async () => {
    const [head, , signature] = (await sign()).split(".");
    const forged = Buffer.from(JSON.stringify({ ...claims, sub: "victim" })).toString("base64url");
    return [head, forged, signature].join(".");
  },
};

describe("a session token is refused when it", () => {
  it.each(Object.entries(refused))("%s", async (_, make) => {
    await expect(tokens.verify(await make())).rejects.toMatchObject({ code: "signed-out" });
  });
});

describe("tokens", () => {
  it("take what they signed, with the present key and with one being rotated out", async () => {
    const session = { accountId: "account", sid: "session" };
    expect(await tokens.verify(await tokens.sign(session))).toEqual(session);
    expect(await tokens.verify(await create(ISSUER, NOW, [old]).sign(session))).toEqual(session);
  });

  it("tell a token that is only too old from every other one, and take it where it renews itself", async () => {
    const token = await tokens.sign({ accountId: "account", sid: "session" });
    const later = create(ISSUER, NOW + TOKEN_SECONDS);
    await expect(later.verify(token)).rejects.toMatchObject({ code: "session-stale" });
    expect(await later.verify(token, 60)).toMatchObject({ sid: "session" });
    const muchLater = create(ISSUER, NOW + TOKEN_SECONDS + 60);
    await expect(muchLater.verify(token, 60)).rejects.toMatchObject({ code: "session-stale" });
  });

  it("of browsers are taken for a year, and are no sessions; nor are sessions browsers", async () => {
    const browser = { accountId: "account", id: "session key" };
    const token = await tokens.signBrowser(browser);
    expect(await tokens.findBrowser(token)).toEqual(browser);
    expect(await create(ISSUER, NOW + BROWSER_SECONDS).findBrowser(token)).toBeNull();
    expect(await create(ISSUER, NOW, [stranger]).findBrowser(token)).toBeNull();
    expect(await create("https://other.example.org").findBrowser(token)).toBeNull();
    await expect(tokens.verify(token)).rejects.toMatchObject({ code: "signed-out" });
    expect(await tokens.findBrowser(await tokens.sign({ accountId: "account", sid: "s" }))).toBeNull();
    expect(await tokens.findBrowser("")).toBeNull();
  });

  it("do not tell a forged old token from any forged one", async () => {
    const token = await sign({ exp: NOW - 60 }, {}, stranger);
    await expect(tokens.verify(token)).rejects.toMatchObject({ code: "signed-out" });
  });
});

it("takes a token that another node made, or a clock that was put back since", async () => {
  const token = await create(ISSUER, NOW + 300).sign({ accountId: "account", sid: "session" });
  await expect(tokens.verify(token)).resolves.toEqual({ accountId: "account", sid: "session" });
});
