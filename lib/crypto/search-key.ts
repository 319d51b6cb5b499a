import { type Bytes, u32 } from "../base/bytes.ts";
import { encodeFields } from "../base/fields.ts";
import { type AccountId, type ConversationId, idToBytes } from "../base/ids.ts";
import { label } from "../protocol/layout/label.ts";
import { KEY_BYTES } from "../protocol/layout/sizes.ts";
import type { SearchSecret } from "./keys.ts";
import type { LocalKey } from "./local-key.ts";
import { openSalted, sealSalted } from "./one-use-key.ts";
import { hkdf, hkdfKey } from "./webcrypto.ts";

/** What a browser's search index is sealed under. Scripts can derive with it, and never read it. Never stored. */
export type SearchKey = CryptoKey & { readonly __search: true };

/**
 * Out of the key that stays in this browser and the secret in the vault: neither a copy of the disk nor an unlocked
 * vault elsewhere is enough to read the index (docs/protocol.md §2.5).
 */
export async function deriveSearchKey(
  local: LocalKey,
  secret: SearchSecret,
  account: AccountId,
): Promise<SearchKey> {
  const info = encodeFields(label("search-key"), idToBytes(account));
  return (await hkdfKey(await hkdf(local, secret, info, KEY_BYTES))) as SearchKey;
}

/** A part of the index: of each conversation its blocks from 1 on, and at 0 what says which there are. */
export interface SearchPart {
  readonly account: AccountId;
  readonly conversation: ConversationId;
  readonly number: number;
}

export function sealSearchPart(key: SearchKey, part: SearchPart, bytes: Bytes): Promise<Bytes> {
  return sealSalted(key, contextOf(part), bytes);
}

/** @returns null when it is not what was sealed as this part under this key. */
export function openSearchPart(key: SearchKey, part: SearchPart, sealed: Bytes): Promise<Bytes | null> {
  return openSalted(key, contextOf(part), sealed);
}

function contextOf({ account, conversation, number }: SearchPart): Bytes {
  return encodeFields(label("search"), idToBytes(account), idToBytes(conversation), u32(number));
}
