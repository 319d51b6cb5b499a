import { randomBytes, timingSafeEqual } from "node:crypto";
import { type AccountId, idFromBytes, idToBytes } from "../../lib/base/ids.ts";
import { AppError } from "../../lib/protocol/errors.ts";
import type { Role } from "../database/accounts.ts";
import { SEAT } from "../database/seat.ts";
import type { ServerState } from "../database/server-state.ts";
import { hashToken } from "./client.ts";

const TOKEN = "first-run-token";

/** The first account is the administrator's, and only who holds the printed link can make it. */
export function createFirstRun(state: ServerState, accountExists: (account: AccountId) => Promise<boolean>) {
  const isOver = async () => (await state.find(SEAT)) !== null;

  /** A crash between the seat and its account would otherwise leave a server without administrator for ever. */
  async function freeOrphanedSeat(): Promise<void> {
    const holder = await state.find(SEAT);
    if (holder && !(await accountExists(idFromBytes<AccountId>(holder)))) await state.release(SEAT);
  }

  return {
    /** A fresh one-time token for the printed link; null once the administrator exists. */
    async issueToken(): Promise<string | null> {
      await freeOrphanedSeat();
      if (await isOver()) return null;
      const token = randomBytes(32).toString("base64url");
      await state.release(TOKEN);
      await state.claim(TOKEN, hashToken(token));
      return token;
    },

    /** The role a registration leads to. @throws AppError "registration-closed" */
    async requireSeat(token: string | undefined): Promise<Role> {
      // A link used twice is an ordinary registration the second time.
      if (await isOver()) return "member";
      const expected = await state.find(TOKEN);
      const right = token !== undefined && expected !== null && timingSafeEqual(hashToken(token), expected);
      if (!right) throw new AppError("registration-closed", "the administrator's account comes first");
      return "administrator";
    },

    /**
     * Makes an account in its seat; a seat whose account could not be made is free again, and the link works.
     * @throws AppError "registration-closed" when somebody else took the seat meanwhile.
     */
    async fill(role: Role, account: AccountId, makeAccount: () => Promise<boolean>): Promise<boolean> {
      if (role !== "administrator") return makeAccount();
      if (!(await state.claim(SEAT, idToBytes(account)))) {
        throw new AppError("registration-closed", "the administrator's account exists");
      }
      let made = false;
      try {
        made = await makeAccount();
        return made;
      } finally {
        await state.release(made ? TOKEN : SEAT);
      }
    },
  };
}

export type FirstRun = ReturnType<typeof createFirstRun>;
