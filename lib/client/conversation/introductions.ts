import type { AccountId } from "../../base/ids.ts";
import type { Identities } from "../identities.ts";
import type { Person } from "../model.ts";
import { headerOf } from "./header-of.ts";
import type { LogEntry } from "./message-log.ts";

/** Names for those who wrote and are in no list: members of a room that was not opened, and who left it. */
export function createIntroductions(deps: {
  readonly identities: Pick<Identities, "person">;
  readonly isNamed: (account: AccountId) => boolean;
  readonly showPeople: (people: readonly Person[]) => void;
}) {
  const seen = new WeakSet<LogEntry>();
  const asked = new Set<AccountId>();

  async function introduce(account: AccountId): Promise<void> {
    try {
      deps.showPeople([await deps.identities.person(account)]);
    } catch {
      // Away, or nobody: the next message asks again.
      asked.delete(account);
    }
  }

  function name(account: AccountId): void {
    if (asked.has(account) || deps.isNamed(account)) return;
    asked.add(account);
    void introduce(account);
  }

  return {
    name,

    meet(entries: readonly LogEntry[]): void {
      for (const entry of entries) {
        if (seen.has(entry)) continue;
        seen.add(entry);
        const sender = headerOf(entry.stored)?.sender;
        if (sender) name(sender);
      }
    },
  };
}
