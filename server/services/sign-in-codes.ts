import { randomInt } from "node:crypto";
import type { Bytes } from "../../lib/base/bytes.ts";
import type { AccountId } from "../../lib/base/ids.ts";
import { SIGN_IN_CODE_CHARS, SIGN_IN_CODES } from "../../lib/protocol/sign-in-code.ts";
import type { Accounts } from "../database/accounts.ts";
import type { SignInCodes as CodeTable } from "../database/sign-in-codes.ts";
import { type Client, hashToken } from "./client.ts";
import type { Journal } from "./journal.ts";
import type { Session } from "./sessions.ts";

/** Crockford's base32 in lower case. */
const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

/**
 * Ten codes for a lost authenticator, each good once. The table holds their SHA-256: 140 random bits cannot be
 * guessed from it, so a slow hash would only slow down its owner.
 */
export function createSignInCodes(
  table: CodeTable,
  accounts: Pick<Accounts, "missAuthenticator">,
  journal: Journal,
  clock: () => number,
) {
  return {
    /** Ten new ones; those before are worth nothing any more. They are told once, here. */
    async replace({ accountId }: Session, client: Client): Promise<{ codes: string[] }> {
      const codes = Array.from({ length: SIGN_IN_CODES }, newCode);
      await table.replace(accountId, codes.map(hashCode), clock());
      await journal.record("sign-in-codes-made", "ok", client, accountId);
      return { codes };
    },

    /** @returns whether the code is one of the account's; it is used up now, and written down. */
    async take(account: AccountId, code: string, client: Client): Promise<boolean> {
      if (!(await table.take(account, hashCode(code)))) return false;
      await accounts.missAuthenticator(account);
      await journal.record("sign-in-code-used", "suspicious", client, account);
      return true;
    },

    status: (account: AccountId) => table.status(account),
  };
}

export type SignInCodes = ReturnType<typeof createSignInCodes>;

function newCode(): string {
  return Array.from({ length: SIGN_IN_CODE_CHARS }, () => ALPHABET[randomInt(ALPHABET.length)]).join("");
}

/** The label keeps these hashes apart from those of every other token. */
function hashCode(code: string): Bytes {
  return hashToken(`sign-in-code ${code}`);
}
