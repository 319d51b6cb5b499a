import type { AccountId } from "../../../lib/base/ids.ts";

const NOBODY: ReadonlySet<AccountId> = new Set();

/** Who wants to know nothing of whom: neither of the two sees whether the other is there, or writes. */
export function createApart() {
  const apart = new Map<AccountId, ReadonlySet<AccountId>>();
  /** As each node has said it of the browsers there: all of them count. */
  const said = new Map<AccountId, Map<string, readonly AccountId[]>>();

  return {
    /** @returns for whom that changes something */
    set(account: AccountId, from: readonly AccountId[], node: string): ReadonlySet<AccountId> {
      const byNode = said.get(account) ?? new Map<string, readonly AccountId[]>();
      if (from.length > 0) byNode.set(node, from);
      else byNode.delete(node);
      if (byNode.size > 0) said.set(account, byNode);
      else said.delete(account);
      const before = apart.get(account) ?? NOBODY;
      const now = new Set([...byNode.values()].flat());
      if (now.size > 0) apart.set(account, now);
      else apart.delete(account);
      return new Set([...before, ...now].filter((person) => before.has(person) !== now.has(person)));
    },

    /** Of whom a node has said anything. */
    saidBy: (node: string): AccountId[] =>
      [...said].flatMap(([account, byNode]) => (byNode.has(node) ? [account] : [])),

    are: (one: AccountId, other: AccountId): boolean =>
      (apart.get(one)?.has(other) || apart.get(other)?.has(one)) ?? false,
  };
}

export type Apart = ReturnType<typeof createApart>;
