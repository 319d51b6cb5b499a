import { type Bytes, concat } from "../base/bytes.ts";
import { encodeFields } from "../base/fields.ts";
import { type AccountId, type ConversationId, idToBytes } from "../base/ids.ts";
import { label } from "../protocol/layout/label.ts";
import { AES_TAG_BYTES } from "../protocol/layout/sizes.ts";
import { openOnce, sealOnce } from "./one-use-key.ts";
import { generateHkdfKey, randomBytes } from "./webcrypto.ts";

const SALT_BYTES = 32;

/** Stays in this browser: scripts can derive with it, and never read it. Survives IndexedDB. */
export type LocalKey = CryptoKey & { readonly __local: true };

export async function newLocalKey(): Promise<LocalKey> {
  return (await generateHkdfKey()) as LocalKey;
}

/** `salt(32) ‖ ciphertext`, under a key of its own each time: a draft is written again with every pause in typing. */
export async function sealDraft(
  key: LocalKey,
  account: AccountId,
  conversation: ConversationId,
  text: Bytes,
): Promise<Bytes> {
  const salt = randomBytes(SALT_BYTES);
  return concat(salt, await sealOnce(onceFor(key, salt, account, conversation), text));
}

/** @returns null when it is not what was sealed for this conversation under this key. */
export async function openDraft(
  key: LocalKey,
  account: AccountId,
  conversation: ConversationId,
  sealed: Bytes,
): Promise<Bytes | null> {
  if (sealed.length < SALT_BYTES + AES_TAG_BYTES) return null;
  const use = onceFor(key, sealed.slice(0, SALT_BYTES), account, conversation);
  return openOnce(use, sealed.slice(SALT_BYTES));
}

function onceFor(secret: LocalKey, salt: Bytes, account: AccountId, conversation: ConversationId) {
  const context = encodeFields(label("draft"), idToBytes(account), idToBytes(conversation));
  return { secret, salt, info: context, aad: context };
}
