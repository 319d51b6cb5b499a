import type { AccountId, ConversationId } from "../../base/ids.ts";
import { settingsEntryId } from "../../crypto/vault.ts";
import type { RunningParts } from "../account/parts.ts";
import type { ConversationModel } from "../conversation/conversation.ts";

/** Whom one does not want to hear of. */
export function createBlocked(
  deps: Pick<RunningParts, "store" | "vault"> & {
    readonly models: ReadonlyMap<ConversationId, Pick<ConversationModel, "reviewBlocked">>;
    startNotes(): Promise<unknown>;
    onChange(conversation: ConversationId): void;
  },
) {
  const { store, vault } = deps;
  let { blocked } = store.get().settings;
  const stop = store.subscribe(() => {
    const now = store.get().settings.blocked;
    if (now === blocked) return;
    blocked = now;
    for (const [id, model] of deps.models) {
      model.reviewBlocked();
      deps.onChange(id);
    }
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
