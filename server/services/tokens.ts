import { type JWTPayload, jwtVerify, SignJWT } from "jose";
import type { Bytes } from "../../lib/base/bytes.ts";
import { AppError } from "../../lib/protocol/errors.ts";
import type { JwtKey } from "../secrets.ts";

const AUDIENCE = "sceau";
const TYPE = "ses+jwt";
const BROWSER_TYPE = "browser+jwt";
export const TOKEN_SECONDS = 15 * 60;
/** A clock is put back, and two nodes' clocks differ: nobody is signed out by that. Whether the session is alive its row says. */
const CLOCKS_APART_SECONDS = 10 * 60;
/** Verifying takes longer than most of what is asked for: once in so long is enough, as the session's row is asked each time. */
const TRUST_MS = 60_000;
const TRUSTED_TOKENS = 10_000;
export const BROWSER_SECONDS = 365 * 24 * 60 * 60;

/** What the session cookie says. The session row decides; this only spares it from being guessable. */
export interface SessionToken {
  readonly accountId: string;
  /** Names the session and proves it: services/sessions.ts. */
  readonly sid: string;
}

/** A browser in which an account has signed in before. It opens nothing: its attempts are counted apart. */
export interface KnownBrowser {
  readonly accountId: string;
  /** The session it was made in: a stolen session makes one, not one after the other. */
  readonly id: string;
}

/**
 * HS256 JWTs for cookies. Algorithm, type, issuer, audience and every required claim are named when
 * verifying: jose would otherwise accept a token without `exp`.
 */
export function createTokens(keys: readonly [JwtKey, ...JwtKey[]], issuer: string, clock: () => number) {
  const [current] = keys;
  // Once: jose imports a key of bytes anew for each token.
  const imported = new Map(keys.map(({ kid, key }) => [kid, importKey(key)]));
  /** Session tokens that were verified a moment ago, and from when until when they are taken for that. */
  const trusted = new Map<
    string,
    { readonly claims: SessionToken; readonly from: number; readonly until: number }
  >();

  async function sign(typ: string, claims: JWTPayload, seconds: number): Promise<string> {
    const now = Math.floor(clock() / 1000);
    return new SignJWT(claims)
      .setProtectedHeader({ alg: "HS256", typ, kid: current.kid })
      .setIssuer(issuer)
      .setAudience(AUDIENCE)
      .setIssuedAt(now)
      .setNotBefore(now - CLOCKS_APART_SECONDS)
      .setExpirationTime(now + seconds)
      .sign(await findKey(current));
  }

  function findKey({ kid = "" }: { kid?: string }): Promise<CryptoKey> {
    const key = imported.get(kid);
    if (!key) throw new AppError("signed-out", "unknown kid");
    return key;
  }

  async function verify(
    token: string,
    typ: string,
    claims: string[],
    clockTolerance = 0,
  ): Promise<JWTPayload> {
    const { payload } = await jwtVerify(token, findKey, {
      algorithms: ["HS256"],
      typ,
      issuer,
      audience: AUDIENCE,
      requiredClaims: [...claims, "iat", "nbf", "exp"],
      clockTolerance,
      currentDate: new Date(clock()),
    });
    return payload;
  }

  return {
    sign({ accountId, sid }: SessionToken): Promise<string> {
      return sign(TYPE, { sub: accountId, sid }, TOKEN_SECONDS);
    },

    signBrowser({ accountId, id }: KnownBrowser): Promise<string> {
      return sign(BROWSER_TYPE, { sub: accountId, jti: id }, BROWSER_SECONDS);
    },

    /** @returns null for anything that signBrowser did not make, or made too long ago. */
    async findBrowser(token: string): Promise<KnownBrowser | null> {
      try {
        const { sub, jti } = await verify(token, BROWSER_TYPE, ["sub", "jti"]);
        return { accountId: String(sub), id: String(jti) };
      } catch {
        return null;
      }
    },

    /**
     * @param tolerateSeconds how long after `exp` a token still renews itself; 0 everywhere else.
     * @throws AppError "session-stale" when only the time is over, "signed-out" for anything else.
     */
    async verify(token: string, tolerateSeconds = 0): Promise<SessionToken> {
      const now = clock();
      const known = trusted.get(token);
      if (known && now >= known.from && now < known.until) return known.claims;
      try {
        const payload = await verify(token, TYPE, ["sub", "sid"], tolerateSeconds);
        const claims = requireClaims(payload);
        if (trusted.size >= TRUSTED_TOKENS) trusted.clear();
        const until = Math.min(now + TRUST_MS, Number(payload.exp) * 1000);
        trusted.set(token, { claims, from: now, until });
        return claims;
      } catch (error) {
        const expired = (error as { code?: string }).code === "ERR_JWT_EXPIRED";
        throw new AppError(expired ? "session-stale" : "signed-out", "token refused");
      }
    },
  };
}

function importKey(key: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, ["sign", "verify"]);
}

function requireClaims({ sub, sid }: JWTPayload): SessionToken {
  if (typeof sub !== "string" || typeof sid !== "string")
    throw new AppError("signed-out", "claims of wrong type");
  return { accountId: sub, sid };
}
