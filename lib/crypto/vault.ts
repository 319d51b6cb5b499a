import { type Bytes, concat, u8, u32 } from "../base/bytes.ts";
import { encodeFields } from "../base/fields.ts";
import { type AccountId, type ConversationId, ID_BYTES, idFromBytes, idToBytes } from "../base/ids.ts";
import { label } from "../protocol/layout/label.ts";
import { SALT_BYTES } from "../protocol/layout/sizes.ts";
import {
  encodeVaultEntryHeader,
  parseVaultEntry,
  type VaultEntryHeader,
  type VaultEntryId,
} from "../protocol/layout/vault-entry.ts";
import { CryptoError, parseWith } from "./errors.ts";
import type { VaultKey } from "./keys.ts";
import { type OneUse, openOnce, sealOnce } from "./one-use-key.ts";
import { randomBytes, sha256 } from "./webcrypto.ts";

/** First 16 bytes of SHA-256(enc("sceau/1/vault-conversation-key", conversation, keyEpoch)). */
export async function conversationKeyEntryId(
  conversation: ConversationId,
  keyEpoch: number,
): Promise<VaultEntryId> {
  const name = encodeFields(label("vault-conversation-key"), idToBytes(conversation), u32(keyEpoch));
  return idFromBytes<VaultEntryId>((await sha256(name)).slice(0, ID_BYTES));
}

/** Pins of people are spread over this many entries, so that none outgrows its limit. */
export const PIN_SHARDS = 64;

/** The shard of an account: the low bits of its id, which are random in a UUIDv7. */
export function pinShard(account: AccountId): number {
  return (idToBytes(account).at(-1) as number) % PIN_SHARDS;
}

/** First 16 bytes of SHA-256(enc("sceau/1/vault-notes", conversation)). */
export async function notesEntryId(conversation: ConversationId): Promise<VaultEntryId> {
  const name = encodeFields(label("vault-notes"), idToBytes(conversation));
  return idFromBytes<VaultEntryId>((await sha256(name)).slice(0, ID_BYTES));
}

/** First 16 bytes of SHA-256(enc("sceau/1/vault-settings")). */
export async function settingsEntryId(): Promise<VaultEntryId> {
  const name = encodeFields(label("vault-settings"));
  return idFromBytes<VaultEntryId>((await sha256(name)).slice(0, ID_BYTES));
}

/** First 16 bytes of SHA-256(enc("sceau/1/vault-search")). */
export async function searchSecretEntryId(): Promise<VaultEntryId> {
  const name = encodeFields(label("vault-search"));
  return idFromBytes<VaultEntryId>((await sha256(name)).slice(0, ID_BYTES));
}

/** First 16 bytes of SHA-256(enc("sceau/1/vault-pins", u8(shard))). */
export async function pinsEntryId(shard: number): Promise<VaultEntryId> {
  const name = encodeFields(label("vault-pins"), u8(shard));
  return idFromBytes<VaultEntryId>((await sha256(name)).slice(0, ID_BYTES));
}

/** Where an entry belongs; it opens nowhere else. */
export interface VaultPlace {
  readonly account: AccountId;
  readonly entry: VaultEntryId;
  readonly keyVersion: number;
}

/** `counter` must be one above that of the entry it replaces (1 for a new one). Adds 62 bytes. */
export async function sealVaultEntry(
  key: VaultKey,
  place: VaultPlace,
  counter: number,
  plaintext: Bytes,
): Promise<Bytes> {
  const header = { keyVersion: place.keyVersion, counter, salt: randomBytes(SALT_BYTES) };
  const headerBytes = encodeVaultEntryHeader(header);
  return concat(headerBytes, await sealOnce(oneUse(key, place, header, headerBytes), plaintext));
}

const TAG = 2 ** 24;

/**
 * What is remembered of an entry's writing beside its counter, in one number that grows with the counter: of two writings under
 * one counter, at most one counts. The end of its AES-GCM tag, which nobody chooses, tells them apart.
 */
export function vaultMark(counter: number, bytes: Uint8Array): number {
  const [a = 0, b = 0, c = 0] = bytes.subarray(-3);
  return counter * TAG + ((a << 16) | (b << 8) | c);
}

/**
 * @param lowestCounter the highest counter seen of this entry; a lower one is a rollback
 * @param seenMark the mark of the highest writing seen: its counter with another mark is a rollback too; -1 for none
 * @throws CryptoError `malformed`, `unsupported-version`, `rolled-back`, `open-failed`
 */
export async function openVaultEntry(
  key: VaultKey,
  place: VaultPlace,
  lowestCounter: number,
  bytes: Uint8Array,
  seenMark = -1,
): Promise<{ readonly counter: number; readonly mark: number; readonly plaintext: Bytes }> {
  const { header, headerBytes, ciphertext } = parseWith(parseVaultEntry, bytes);
  const { counter, keyVersion } = header;
  if (keyVersion !== place.keyVersion)
    throw new CryptoError("open-failed", `vault key version ${keyVersion}`);
  const plaintext = await openOnce(oneUse(key, place, header, headerBytes), ciphertext);
  if (!plaintext) throw new CryptoError("open-failed", "vault entry");
  const mark = vaultMark(counter, bytes);
  if (counter < lowestCounter || (mark !== seenMark && counter <= seenMark / TAG))
    throw new CryptoError(
      "rolled-back",
      `counter ${counter} after ${lowestCounter}, or another writing of it`,
    );
  return { counter, mark, plaintext };
}

function oneUse(key: VaultKey, place: VaultPlace, header: VaultEntryHeader, headerBytes: Bytes): OneUse {
  const info = encodeFields(label("vault"), idToBytes(place.account), idToBytes(place.entry));
  return { secret: key, salt: header.salt, info, aad: encodeFields(info, headerBytes) };
}
