import type { AccountId } from "../../../lib/base/ids.ts";

const NOBODY: ReadonlySet<AccountId> = new Set();

/** Who wants to know nothing of whom: neither of the two sees whether the other is there, or writes. */
export function createApart() {
  const apart = new Map<AccountId, ReadonlySet<AccountId>>();

  return {
    /** @returns for whom that changes something */
    set(account: AccountId, from: readonly AccountId[]): ReadonlySet<AccountId> {
      const before = apart.get(account) ?? NOBODY;
      const now = new Set(from);
      if (now.size > 0) apart.set(account, now);
      else apart.delete(account);
      return new Set([...before, ...now].filter((person) => before.has(person) !== now.has(person)));
    },

    are: (one: AccountId, other: AccountId): boolean =>
      (apart.get(one)?.has(other) || apart.get(other)?.has(one)) ?? false,
  };
}

export type Apart = ReturnType<typeof createApart>;
