import { randomInt } from "node:crypto";
import type { Bytes } from "../../lib/base/bytes.ts";
import { type AppPasswordId, newId } from "../../lib/base/ids.ts";
import { APP_PASSWORD_CHARS, APP_PASSWORD_PREFIX, APP_PASSWORDS } from "../../lib/protocol/app-password.ts";
import { AppError } from "../../lib/protocol/errors.ts";
import type { AppPasswords as AppPasswordTable } from "../database/app-passwords.ts";
import { type Client, hashToken } from "./client.ts";
import type { Journal } from "./journal.ts";
import type { Session, SessionService } from "./sessions.ts";

/** Crockford's base32 in lower case. */
const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

/**
 * What stands for password and authenticator where a program signs in (services/sign-in.ts). The table holds their SHA-256:
 * 160 random bits cannot be guessed from it, so a slow hash would only cost the server time at each sign-in.
 */
export function createAppPasswords(
  table: AppPasswordTable,
  sessions: Pick<SessionService, "forget">,
  journal: Journal,
  clock: () => number,
) {
  return {
    async status({ accountId }: Session) {
      const [allowed, appPasswords] = await Promise.all([
        table.isAllowed(accountId),
        table.ofAccount(accountId),
      ]);
      return { allowed, appPasswords };
    },

    /** @returns the secret, told once, here. @throws AppError "not-found" where none is allowed, "conflict" for one too many */
    async make({ accountId }: Session, name: string, client: Client): Promise<{ appPassword: string }> {
      const appPassword = newAppPassword();
      const id = newId<AppPasswordId>(clock());
      const made = { id, name, secretHash: hashAppPassword(appPassword), createdAt: clock() };
      const inserted = await table.insert(accountId, made, APP_PASSWORDS);
      if (inserted === "full") throw new AppError("conflict", "as many as there may be");
      if (!inserted) throw new AppError("not-found", "no app passwords for this account");
      await journal.record("app-password-made", "ok", client, accountId, JSON.stringify(name));
      return { appPassword };
    },

    /** Its sessions end at once. @throws AppError "not-found" */
    async remove({ accountId }: Session, id: AppPasswordId, client: Client): Promise<void> {
      const { removed, sessions: ended } = await table.remove(accountId, id, clock());
      sessions.forget(ended);
      if (removed === 0) throw new AppError("not-found", "no such app password");
      await journal.record("app-password-removed", "ok", client, accountId);
    },
  };
}

function newAppPassword(): string {
  const letters = Array.from({ length: APP_PASSWORD_CHARS }, () => ALPHABET[randomInt(ALPHABET.length)]);
  return APP_PASSWORD_PREFIX + letters.join("");
}

/** The label keeps these hashes apart from those of every other token. */
export function hashAppPassword(appPassword: string): Bytes {
  return hashToken(`app password ${appPassword}`);
}
