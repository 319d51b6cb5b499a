import type { JournalChain } from "../database/journal-chain.ts";
import { DAY_MS, MONTH_MS } from "./address-erasure.ts";
import { SERVER } from "./client.ts";
import type { Journal } from "./journal.ts";
import { checkpointOf } from "./journal-checkpoint.ts";
import { removalDetail } from "./journal-verification.ts";
import type { Policies } from "./policies.ts";

interface Deps {
  chain: Pick<JournalChain, "removable" | "remove">;
  policies: Pick<Policies, "current">;
  journal: Journal;
  clock: () => number;
}

/** Removes old entries of the journal. The chain holds: what is left of it begins at the hash that an entry of it names. */
export function createJournalRemoval({ chain, policies, journal, clock }: Deps) {
  return {
    /** Written down before it is done, once a day, as erasures of addresses are. */
    async run(): Promise<void> {
      const { journalMonths } = policies.current();
      if (journalMonths === 0) return;
      const now = clock();
      const due = now - journalMonths * MONTH_MS;
      const last = await chain.removable({ due, until: due + DAY_MS, now });
      if (!last) return;
      await journal.record("entries-removed", "ok", SERVER, null, removalDetail(checkpointOf(last)));
      await chain.remove(last.id);
    },
  };
}
