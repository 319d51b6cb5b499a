import type { AccountId } from "../../base/ids.ts";
import { settingsEntryId } from "../../crypto/vault.ts";
import type { RunningParts } from "../account/parts.ts";

/** Whom one does not want to hear of. */
export function createBlocked(
  deps: Pick<RunningParts, "store" | "vault"> & { startNotes(): Promise<unknown>; onChange(): void },
) {
  const { store, vault } = deps;
  let { blocked } = store.get().settings;
  const stop = store.subscribe(() => {
    const now = store.get().settings.blocked;
    if (now === blocked) return;
    blocked = now;
    deps.onChange();
  });
  return {
    includes: (account: AccountId) => blocked.includes(account),
    /** Nobody of them shows for a moment: where anything was ever set, that is read before the list is shown. */
    async read(): Promise<void> {
      if (vault.read(await settingsEntryId())) await deps.startNotes().catch(() => {});
    },
    stop,
  };
}
