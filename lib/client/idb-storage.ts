import { createDatabase, rangeOf } from "./idb-database.ts";
import type { Storage } from "./platform.ts";

/** What there is one of for each account, keys first; and what begins with it. */
const OF_ACCOUNT = ["device", "localKey", "prepared"] as const;
const IN_ACCOUNT = ["draft", "sequence", "counter", "head", "searchOutline", "searchBlock"] as const;

export function createIdbStorage(): Storage {
  const database = createDatabase();
  return {
    findDevice: async (account) => (await (await database()).get("device", account)) ?? null,
    async saveDevice(device) {
      await (await database()).put("device", device, device.account);
    },

    async persist() {
      await navigator.storage?.persist?.().catch(() => false);
    },

    async nextSequence(account, conversation) {
      const transaction = (await database()).transaction("sequence", "readwrite");
      const next = ((await transaction.store.get([account, conversation])) ?? 0) + 1;
      await transaction.store.put(next, [account, conversation]);
      await transaction.done;
      return next;
    },

    outbox: async (account) => (await database()).getAllFromIndex("outbox", "account", account),
    async putOutbox(entry, instead) {
      const transaction = (await database()).transaction("outbox", "readwrite");
      if (instead) void transaction.store.delete(instead);
      void transaction.store.put(entry);
      await transaction.done;
    },
    async removeOutbox(message) {
      await (await database()).delete("outbox", message);
    },

    async seenCounters(account) {
      const db = await database();
      const range = rangeOf(account);
      const [keys, values] = await Promise.all([
        db.getAllKeys("counter", range),
        db.getAll("counter", range),
      ]);
      return new Map(keys.map(([, entry], i) => [entry, values[i] ?? 0]));
    },

    async raiseCounters(account, counters) {
      const transaction = (await database()).transaction("counter", "readwrite");
      await Promise.all(
        [...counters].map(async ([entry, counter]) => {
          const before = (await transaction.store.get([account, entry])) ?? 0;
          if (counter > before) await transaction.store.put(counter, [account, entry]);
        }),
      );
      await transaction.done;
    },

    async seenHeads(account) {
      const db = await database();
      const range = rangeOf(account);
      const [keys, values] = await Promise.all([db.getAllKeys("head", range), db.getAll("head", range)]);
      return new Map(
        keys.flatMap(([, conversation], i) => {
          const head = values[i];
          return head ? [[conversation, head]] : [];
        }),
      );
    },
    async raiseHead(account, conversation, head) {
      const transaction = (await database()).transaction("head", "readwrite");
      const before = (await transaction.store.get([account, conversation]))?.number ?? 0;
      if (head.number > before) await transaction.store.put(head, [account, conversation]);
      await transaction.done;
    },

    findLocalKey: async (account) => (await (await database()).get("localKey", account)) ?? null,
    async addLocalKey(account, key) {
      const transaction = (await database()).transaction("localKey", "readwrite");
      const stored = await transaction.store.get(account);
      if (!stored) await transaction.store.put(key, account);
      await transaction.done;
      return stored ?? key;
    },

    drafts: async (account) =>
      (await (await database()).getAllKeys("draft", rangeOf(account))).map(
        ([, conversation]) => conversation,
      ),
    findDraft: async (account, conversation) =>
      (await (await database()).get("draft", [account, conversation])) ?? null,
    findPreparedKeys: async (account) => (await (await database()).get("prepared", account)) ?? null,
    async putPreparedKeys(account, keys) {
      const db = await database();
      if (keys) await db.put("prepared", keys, account);
      else await db.delete("prepared", account);
    },
    async putDraft(account, conversation, sealed) {
      const db = await database();
      if (sealed) await db.put("draft", sealed, [account, conversation]);
      else await db.delete("draft", [account, conversation]);
    },

    async erase(account) {
      // Sealed files that wait for their upload (files/browser-shelf.ts).
      const files = await navigator.storage?.getDirectory?.().catch(() => null);
      await files?.removeEntry(account, { recursive: true }).catch(() => {});
      const transaction = (await database()).transaction(
        [...OF_ACCOUNT, ...IN_ACCOUNT, "outbox" as const],
        "readwrite",
      );
      const outbox = transaction.objectStore("outbox");
      for (const name of OF_ACCOUNT) await transaction.objectStore(name).delete(account);
      for (const name of IN_ACCOUNT) await transaction.objectStore(name).delete(rangeOf(account));
      for (const key of await outbox.index("account").getAllKeys(account)) await outbox.delete(key);
      await transaction.done;
    },
  };
}
