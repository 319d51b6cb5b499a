import type { Bytes } from "../../base/bytes.ts";
import type { AccountId, ConversationId } from "../../base/ids.ts";
import { openSearchPart, type SearchKey, type SearchPart, sealSearchPart } from "../../crypto/search-key.ts";
import { createDatabase, rangeOf } from "../idb-database.ts";
import { OUTLINE, type SearchStore } from "./search-store.ts";

/** Tells the other tabs of this browser which conversation has changed. */
const CHANNEL = "sceau-search";

interface Change {
  readonly account: AccountId;
  readonly conversation: ConversationId;
}

/** The index in IndexedDB, each part sealed. */
export function createIdbSearchStore(account: AccountId, key: SearchKey): SearchStore {
  const database = createDatabase();
  const channel = new BroadcastChannel(CHANNEL);

  const partOf = (conversation: ConversationId, part: number): SearchPart => ({
    account,
    conversation,
    number: part - OUTLINE,
  });

  const open = (conversation: ConversationId, part: number, sealed: Bytes) =>
    openSearchPart(key, partOf(conversation, part), sealed);

  function tell(conversations: Iterable<ConversationId>): void {
    for (const conversation of new Set(conversations))
      channel.postMessage({ account, conversation } satisfies Change);
  }

  async function drop(conversations: readonly ConversationId[]): Promise<void> {
    const transaction = (await database()).transaction(["searchOutline", "searchBlock"], "readwrite");
    for (const conversation of conversations) {
      await transaction.objectStore("searchOutline").delete([account, conversation]);
      await transaction.objectStore("searchBlock").delete(rangeOf(account, conversation));
    }
    await transaction.done;
    tell(conversations);
  }

  return {
    async outlines() {
      const db = await database();
      const [keys, values] = await Promise.all([
        db.getAllKeys("searchOutline", rangeOf(account)),
        db.getAll("searchOutline", rangeOf(account)),
      ]);
      const opened = new Map<ConversationId, Bytes>();
      const strange: ConversationId[] = [];
      for (const [i, [, conversation]] of keys.entries()) {
        const bytes = await open(conversation, OUTLINE, values[i] as Bytes);
        if (bytes) opened.set(conversation, bytes);
        else strange.push(conversation);
      }
      // From before a reset: nothing opens it any more.
      if (strange.length > 0) await drop(strange);
      return opened;
    },

    async read(conversation, part) {
      const db = await database();
      const sealed =
        part === OUTLINE
          ? await db.get("searchOutline", [account, conversation])
          : await db.get("searchBlock", [account, conversation, part]);
      return sealed ? open(conversation, part, sealed) : null;
    },

    async write(writes) {
      const sealed = await Promise.all(
        writes.map(async ({ conversation, part, bytes }) => ({
          conversation,
          part,
          value: bytes && (await sealSearchPart(key, partOf(conversation, part), bytes)),
        })),
      );
      const stores = ["localKey", "searchOutline", "searchBlock"] as const;
      const transaction = (await database()).transaction(stores, "readwrite");
      // Another tab was told to forget the account: nothing of it must come back.
      if (!(await transaction.objectStore("localKey").get(account))) return;
      for (const { conversation, part, value } of sealed) {
        if (part === OUTLINE) {
          const outlines = transaction.objectStore("searchOutline");
          if (value) await outlines.put(value, [account, conversation]);
          else await outlines.delete([account, conversation]);
        } else {
          const blocks = transaction.objectStore("searchBlock");
          if (value) await blocks.put(value, [account, conversation, part]);
          else await blocks.delete([account, conversation, part]);
        }
      }
      await transaction.done;
      tell(writes.map(({ conversation }) => conversation));
    },

    drop,

    onChange(listener) {
      channel.onmessage = ({ data }: MessageEvent<Change>) => {
        if (data.account === account) listener(data.conversation);
      };
    },
  };
}
