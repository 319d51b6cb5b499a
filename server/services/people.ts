import type { AccountId } from "../../lib/base/ids.ts";
import { AppError } from "../../lib/protocol/errors.ts";
import { LIMITS } from "../../lib/protocol/limits.ts";
import type { Accounts, Person } from "../database/accounts.ts";
import type { Session } from "./sessions.ts";

export function createPeople(accounts: Accounts) {
  async function require(id: AccountId): Promise<Person & { hasKeys: boolean }> {
    const account = await accounts.findById(id);
    if (!account) throw new AppError("not-found", "no such account");
    const { name, displayName, status, picture, hasKeys } = account;
    return { id, name, displayName, status, picture, hasKeys };
  }

  return {
    require,

    /** Name and display name; empty for an account that is gone, or never was. */
    async named(id: AccountId): Promise<Pick<Person, "id" | "name" | "displayName">> {
      const { name = "", displayName = "" } = (await accounts.findById(id)) ?? {};
      return { id, name, displayName };
    },

    async me({ accountId }: Session): Promise<{ account: Person; hasKeys: boolean }> {
      const { hasKeys, ...account } = await require(accountId);
      return { account, hasKeys };
    },

    /** People who can be written to, other than oneself. */
    search: ({ accountId }: Session, query: string): Promise<Person[]> =>
      accounts.search(query, accountId, LIMITS.searchResults),
  };
}

export type People = ReturnType<typeof createPeople>;
