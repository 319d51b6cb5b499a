import type { AccountId } from "../../lib/base/ids.ts";
import { AppError } from "../../lib/protocol/errors.ts";
import { LIMITS } from "../../lib/protocol/limits.ts";
import type { Accounts, Person, Role } from "../database/accounts.ts";
import type { KeyService } from "./keys.ts";
import type { Session } from "./sessions.ts";

export function createPeople(accounts: Accounts, keys: Pick<KeyService, "publicKeys">) {
  async function require(id: AccountId): Promise<Person & { hasKeys: boolean; role: Role }> {
    const account = await accounts.findById(id);
    if (!account) throw new AppError("not-found", "no such account");
    const { name, displayName, status, picture, hasKeys, role } = account;
    return { id, name, displayName, status, picture, hasKeys, role };
  }

  return {
    require,

    /** How people show themselves, with their public keys; without those who never had keys. */
    async withKeys(ids: readonly AccountId[]) {
      const [shown, theirs] = await Promise.all([accounts.findPeople(ids), keys.publicKeys(ids)]);
      return [...theirs].map(([id, publicKeys]) => ({ account: shown.get(id) ?? gone(id), ...publicKeys }));
    },

    async me({ accountId }: Session): Promise<{ account: Person; hasKeys: boolean; role: Role }> {
      const { hasKeys, role, ...account } = await require(accountId);
      return { account, hasKeys, role };
    },

    /** People who can be written to, other than oneself. */
    search: ({ accountId }: Session, query: string): Promise<Person[]> =>
      accounts.search(query, accountId, LIMITS.searchResults),
  };
}

function gone(id: AccountId): Person {
  return { id, name: "", displayName: "", status: "", picture: null, deleted: true };
}

export type People = ReturnType<typeof createPeople>;
