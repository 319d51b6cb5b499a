import type { AccountId } from "../../lib/base/ids.ts";
import { AppError } from "../../lib/protocol/errors.ts";
import type { Account } from "../database/accounts.ts";
import type { Database } from "../database/database.ts";
import { hashToken, newToken } from "./client.ts";
import type { Totp } from "./totp.ts";

const PENDING_MS = 15 * 60_000;
/** Wrong codes before the QR code must be asked for again. */
const MAX_ATTEMPTS = 10;

export interface PendingTotpDeps {
  readonly database: Pick<Database, "pendingTotps">;
  readonly totp: Totp;
  /** Shown by authenticator apps beside the account's name. */
  readonly issuer: string;
  readonly clock: () => number;
}

/** A new authenticator between its QR code and its first right code, of which whoever was shown it knows a token. */
export function createPendingTotp({ database, totp, issuer, clock }: PendingTotpDeps) {
  const { pendingTotps } = database;

  return {
    async start({
      id,
      name,
    }: Account): Promise<{ replacement: string; totpUri: string; totpSecret: string }> {
      const { uri, text, ...sealed } = totp.create(id, name, issuer);
      const { token, hash } = newToken();
      await pendingTotps.put(id, hash, sealed, clock() + PENDING_MS);
      return { replacement: token, totpUri: uri, totpSecret: text };
    },

    /**
     * Counts an attempt. @returns what takes the place of the old one, and the step that is used up
     * @throws AppError "expired" when the replacement is unknown, over, replaced itself or tried too often, "bad-code"
     */
    async match(account: AccountId, { replacement, code }: { replacement: string; code: string }) {
      const hash = hashToken(replacement);
      const pending = await pendingTotps.attempt(account, hash, MAX_ATTEMPTS, clock());
      if (!pending) throw new AppError("expired", "no such replacement");
      const used = totp.matchStep(account, pending, code, 0);
      if (used === null) throw new AppError("bad-code");
      return { hash, pending, used };
    },
  };
}
