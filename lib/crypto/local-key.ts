import type { Bytes } from "../base/bytes.ts";
import { encodeFields } from "../base/fields.ts";
import { type AccountId, type ConversationId, idToBytes, type MessageId } from "../base/ids.ts";
import { label } from "../protocol/layout/label.ts";
import { openSalted, sealSalted } from "./one-use-key.ts";
import { generateHkdfKey } from "./webcrypto.ts";

/** Stays in this browser: scripts can derive with it, and never read it. Survives IndexedDB. */
export type LocalKey = CryptoKey & { readonly __local: true };

export async function newLocalKey(): Promise<LocalKey> {
  return (await generateHkdfKey()) as LocalKey;
}

/** `salt(32) ‖ ciphertext`, under a key of its own each time: a draft is written again with every pause in typing. */
export function sealDraft(
  key: LocalKey,
  account: AccountId,
  conversation: ConversationId,
  text: Bytes,
): Promise<Bytes> {
  return sealSalted(key, draftContext(account, conversation), text);
}

/** @returns null when it is not what was sealed for this conversation under this key. */
export function openDraft(
  key: LocalKey,
  account: AccountId,
  conversation: ConversationId,
  sealed: Bytes,
): Promise<Bytes | null> {
  return openSalted(key, draftContext(account, conversation), sealed);
}

/** A recovery code between its first showing and the moment it counts; `salt(32) ‖ ciphertext`. */
export function sealShownCode(key: LocalKey, account: AccountId, code: Bytes): Promise<Bytes> {
  return sealSalted(key, shownCodeContext(account), code);
}

/** @returns null when it is not what was sealed for this account under this key. */
export function openShownCode(key: LocalKey, account: AccountId, sealed: Bytes): Promise<Bytes | null> {
  return openSalted(key, shownCodeContext(account), sealed);
}

/** A message whose files are not all on the server yet; `salt(32) ‖ ciphertext`. */
export function sealUpload(
  key: LocalKey,
  account: AccountId,
  message: MessageId,
  content: Bytes,
): Promise<Bytes> {
  return sealSalted(key, uploadContext(account, message), content);
}

/** @returns null when it is not what was sealed for this message under this key. */
export function openUpload(
  key: LocalKey,
  account: AccountId,
  message: MessageId,
  sealed: Bytes,
): Promise<Bytes | null> {
  return openSalted(key, uploadContext(account, message), sealed);
}

function uploadContext(account: AccountId, message: MessageId): Bytes {
  return encodeFields(label("upload"), idToBytes(account), idToBytes(message));
}

function draftContext(account: AccountId, conversation: ConversationId): Bytes {
  return encodeFields(label("draft"), idToBytes(account), idToBytes(conversation));
}

function shownCodeContext(account: AccountId): Bytes {
  return encodeFields(label("shown-code"), idToBytes(account));
}
