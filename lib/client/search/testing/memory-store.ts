import type { Bytes } from "../../../base/bytes.ts";
import type { ConversationId } from "../../../base/ids.ts";
import { OUTLINE, type SearchStore } from "../search-store.ts";

/** An index's place in memory, unsealed; several tabs may share its parts. */
export function createMemorySearchStore(
  parts: Map<string, Bytes> = new Map(),
): SearchStore & { readonly parts: Map<string, Bytes> } {
  const nameOf = (conversation: ConversationId, part: number) => `${conversation} ${part}`;
  return {
    parts,
    async outlines() {
      const found = new Map<ConversationId, Bytes>();
      for (const [name, bytes] of parts) {
        const [conversation, part] = name.split(" ");
        if (Number(part) === OUTLINE) found.set(conversation as ConversationId, bytes);
      }
      return found;
    },
    read: async (conversation, part) => parts.get(nameOf(conversation, part)) ?? null,
    async write(writes) {
      for (const { conversation, part, bytes } of writes) {
        if (bytes) parts.set(nameOf(conversation, part), bytes);
        else parts.delete(nameOf(conversation, part));
      }
    },
    async drop(conversations) {
      for (const name of [...parts.keys()])
        if (conversations.some((conversation) => name.startsWith(`${conversation} `))) parts.delete(name);
    },
    onChange: () => {},
  };
}
