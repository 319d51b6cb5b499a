import { type JWTPayload, jwtVerify, SignJWT } from "jose";
import { AppError } from "../../lib/protocol/errors.ts";
import type { JwtKey } from "../secrets.ts";

const AUDIENCE = "sceau";
const TYPE = "ses+jwt";
export const TOKEN_SECONDS = 15 * 60;

/** What the session cookie says. The session row decides; this only spares it from being guessable. */
export interface SessionToken {
  readonly accountId: string;
  readonly sessionId: string;
}

/**
 * HS256 JWTs for the session cookie. Algorithm, type, issuer, audience and every required claim are named when
 * verifying: jose would otherwise accept a token without `exp`.
 */
export function createTokens(keys: readonly [JwtKey, ...JwtKey[]], issuer: string, clock: () => number) {
  const [current] = keys;
  const find = (kid: unknown) => keys.find((key) => key.kid === kid);

  return {
    sign({ accountId, sessionId }: SessionToken): Promise<string> {
      const now = Math.floor(clock() / 1000);
      return new SignJWT({ sid: sessionId })
        .setProtectedHeader({ alg: "HS256", typ: TYPE, kid: current.kid })
        .setSubject(accountId)
        .setIssuer(issuer)
        .setAudience(AUDIENCE)
        .setIssuedAt(now)
        .setNotBefore(now)
        .setExpirationTime(now + TOKEN_SECONDS)
        .sign(current.key);
    },

    /**
     * @param tolerateSeconds how long after `exp` a token still renews itself; 0 everywhere else.
     * @throws AppError "session-stale" when only the time is over, "signed-out" for anything else.
     */
    async verify(token: string, tolerateSeconds = 0): Promise<SessionToken> {
      try {
        const { payload } = await jwtVerify(
          token,
          ({ kid }) => {
            const key = find(kid);
            if (!key) throw new AppError("signed-out", "unknown kid");
            return key.key;
          },
          {
            algorithms: ["HS256"],
            typ: TYPE,
            issuer,
            audience: AUDIENCE,
            requiredClaims: ["sub", "sid", "iat", "nbf", "exp"],
            clockTolerance: tolerateSeconds,
            currentDate: new Date(clock()),
          },
        );
        return requireClaims(payload);
      } catch (error) {
        const expired = (error as { code?: string }).code === "ERR_JWT_EXPIRED";
        throw new AppError(expired ? "session-stale" : "signed-out", "token refused");
      }
    },
  };
}

function requireClaims({ sub, sid }: JWTPayload): SessionToken {
  if (typeof sub !== "string" || typeof sid !== "string")
    throw new AppError("signed-out", "claims of wrong type");
  return { accountId: sub, sessionId: sid };
}
