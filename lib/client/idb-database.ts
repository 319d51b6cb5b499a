import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { Bytes } from "../base/bytes.ts";
import type { AccountId, ConversationId } from "../base/ids.ts";
import type { LocalKey } from "../crypto/local-key.ts";
import type { LocalDevice, OutboxEntry, PreparedKeys, SeenHead } from "./platform.ts";

/** One database for all accounts of this browser profile. Keys are CryptoKeys or ciphertext, messages are sealed. */
export interface Schema extends DBSchema {
  device: { key: string; value: LocalDevice };
  sequence: { key: [AccountId, ConversationId]; value: number };
  outbox: { key: string; value: OutboxEntry; indexes: { account: string } };
  counter: { key: [AccountId, string]; value: number };
  head: { key: [AccountId, ConversationId]; value: SeenHead };
  localKey: { key: string; value: LocalKey };
  draft: { key: [AccountId, ConversationId]; value: Bytes };
  prepared: { key: string; value: PreparedKeys };
  /** The index of what can be searched, sealed: of each conversation an outline, and its blocks by number. */
  searchOutline: { key: [AccountId, ConversationId]; value: Bytes };
  searchBlock: { key: [AccountId, ConversationId, number]; value: Bytes };
}

const NAME = "sceau";
const VERSION = 5;

/** @returns opens it when it is first needed, and again after it was closed */
export function createDatabase(): () => Promise<IDBPDatabase<Schema>> {
  let opening: Promise<IDBPDatabase<Schema>> | null = null;

  return () => {
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
        if (from < 4) {
          db.createObjectStore("searchOutline");
          db.createObjectStore("searchBlock");
        }
        if (from < 5) db.createObjectStore("head");
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
  };
}

/** Every key that begins so. An array sorts after every string, so it ends the range. */
export function rangeOf(...start: readonly [AccountId, ConversationId?]): IDBKeyRange {
  return IDBKeyRange.bound(start, [...start, []]);
}
