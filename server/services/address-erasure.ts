import type { JournalChain } from "../database/journal-chain.ts";
import { SERVER } from "./client.ts";
import type { Journal } from "./journal.ts";
import { erasureDetail } from "./journal-verification.ts";
import type { Policies } from "./policies.ts";

export const DAY_MS = 86_400_000;
export const MONTH_MS = (365.25 / 12) * DAY_MS;

interface Deps {
  chain: Pick<JournalChain, "erasable" | "eraseAddresses">;
  policies: Pick<Policies, "current">;
  journal: Journal;
  clock: () => number;
}

/** Rids old entries of the journal of their addresses. The chain holds: it covers a salted hash of them. */
export function createAddressErasure({ chain, policies, journal, clock }: Deps) {
  return {
    /**
     * Written down before it is done: an address that is gone without an entry that says so was somebody else's doing. When the
     * first one is due, those of the next day go with it, so that there is one such entry a day.
     */
    async run(): Promise<void> {
      const now = clock();
      const due = now - policies.current().journalAddressMonths * MONTH_MS;
      const upTo = await chain.erasable({ due, until: due + DAY_MS, now });
      if (upTo === null) return;
      await journal.record("addresses-erased", "ok", SERVER, null, erasureDetail(upTo));
      await chain.eraseAddresses(upTo);
    },
  };
}
