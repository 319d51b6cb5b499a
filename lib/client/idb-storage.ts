import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { Bytes } from "../base/bytes.ts";
import type { AccountId, ConversationId } from "../base/ids.ts";
import type { LocalKey } from "../crypto/local-key.ts";
import type { LocalDevice, OutboxEntry, PreparedKeys, Storage } from "./platform.ts";

/** One database for all accounts of this browser profile. Keys are CryptoKeys or ciphertext, messages are sealed. */
interface Schema extends DBSchema {
  device: { key: string; value: LocalDevice };
  sequence: { key: [AccountId, ConversationId]; value: number };
  outbox: { key: string; value: OutboxEntry; indexes: { account: string } };
  counter: { key: [AccountId, string]; value: number };
  localKey: { key: string; value: LocalKey };
  draft: { key: [AccountId, ConversationId]; value: Bytes };
  prepared: { key: string; value: PreparedKeys };
}

const NAME = "sceau";
const VERSION = 3;

export function createIdbStorage(): Storage {
  let opening: Promise<IDBPDatabase<Schema>> | null = null;

  function database(): Promise<IDBPDatabase<Schema>> {
    opening ??= openDB<Schema>(NAME, VERSION, {
      upgrade(db, from) {
        if (from < 1) {
          db.createObjectStore("device");
          db.createObjectStore("sequence");
          db.createObjectStore("outbox", { keyPath: "message" }).createIndex("account", "account");
          db.createObjectStore("counter");
        }
        if (from < 2) {
          db.createObjectStore("localKey");
          db.createObjectStore("draft");
        }
        if (from < 3) db.createObjectStore("prepared");
      },
      // A newer version of this page waits in another tab: let it through.
      blocking(_current, _blocked, event) {
        opening = null;
        (event.target as IDBDatabase | null)?.close();
      },
      terminated: () => {
        opening = null;
      },
    }).catch((error: unknown) => {
      opening = null;
      throw error;
    });
    return opening;
  }

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
    async putOutbox(entry) {
      await (await database()).put("outbox", entry);
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

    findLocalKey: async (account) => (await (await database()).get("localKey", account)) ?? null,
    async addLocalKey(account, key) {
      const transaction = (await database()).transaction("localKey", "readwrite");
      const stored = await transaction.store.get(account);
      if (!stored) await transaction.store.put(key, account);
      await transaction.done;
      return stored ?? key;
    },

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
      const db = await database();
      const transaction = db.transaction(
        ["device", "localKey", "prepared", "sequence", "outbox", "counter", "draft"],
        "readwrite",
      );
      await transaction.objectStore("device").delete(account);
      await transaction.objectStore("localKey").delete(account);
      await transaction.objectStore("prepared").delete(account);
      await transaction.objectStore("draft").delete(rangeOf(account));
      await transaction.objectStore("sequence").delete(rangeOf(account));
      await transaction.objectStore("counter").delete(rangeOf(account));
      for (const key of await transaction.objectStore("outbox").index("account").getAllKeys(account)) {
        await transaction.objectStore("outbox").delete(key);
      }
      await transaction.done;
    },
  };
}

/** Every key `[account, …]`. An array sorts after every string, so it ends the range. */
function rangeOf(account: AccountId): IDBKeyRange {
  return IDBKeyRange.bound([account], [account, []]);
}
