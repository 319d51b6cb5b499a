import { type Bytes, concat, equalBytes, u8 } from "../base/bytes.ts";
import { fromBase64url, toBase64url } from "../base/encoding.ts";
import { encodeFields } from "../base/fields.ts";
import { type AccountId, ID_BYTES, idFromBytes, idToBytes, type LinkId } from "../base/ids.ts";
import { label } from "../protocol/layout/label.ts";
import { HASH_BYTES, KEY_BYTES } from "../protocol/layout/sizes.ts";
import { keyId } from "./key-id.ts";
import { type LinkSecret, secretKeyFrom, type VaultKey } from "./keys.ts";
import { type BoxContext, type BoxKey, openBox, sealBox } from "./sealed-box.ts";
import { randomBytes, sha256 } from "./webcrypto.ts";

/** Linking a browser to an account (docs/protocol.md §8): from the screen of the new one to the camera of another. */

const CODE_PREFIX = "sceau-link:";
const CODE_VERSION = 1;
const SYMBOL_BITS = 6n;

/** How many symbols two people compare, each one of 64: 42 bits. */
export const LINK_SYMBOLS = 7;

/** What the new browser shows, and no server carries. */
export interface LinkCode {
  readonly link: LinkId;
  /** keyId of the new browser's device key. */
  readonly deviceKeyId: Bytes;
  readonly secret: LinkSecret;
}

/** `"sceau-link:" ‖ base64url(u8(1) ‖ link(16) ‖ keyId(DK)(32) ‖ secret(32))`. */
export function formatLinkCode({ link, deviceKeyId, secret }: LinkCode): string {
  return CODE_PREFIX + toBase64url(concat(u8(CODE_VERSION), idToBytes(link), deviceKeyId, secret));
}

/** @returns null for any other text; white space around it is forgiven */
export function parseLinkCode(text: string): LinkCode | null {
  const trimmed = text.trim();
  const bytes = trimmed.startsWith(CODE_PREFIX) ? fromBase64url(trimmed.slice(CODE_PREFIX.length)) : null;
  if (bytes?.length !== 1 + ID_BYTES + HASH_BYTES + KEY_BYTES || bytes[0] !== CODE_VERSION) return null;
  const key = 1 + ID_BYTES;
  return {
    link: idFromBytes<LinkId>(bytes.subarray(1, key)),
    deviceKeyId: bytes.slice(key, key + HASH_BYTES),
    secret: secretKeyFrom<LinkSecret>(bytes.slice(key + HASH_BYTES)),
  };
}

/** Whether this is the device key that a code names. */
export async function isKeyOfCode(deviceKey: Bytes, { deviceKeyId }: LinkCode): Promise<boolean> {
  return equalBytes(await keyId(deviceKey), deviceKeyId);
}

export interface LinkPlace {
  readonly account: AccountId;
  readonly link: LinkId;
  readonly vaultKeyVersion: number;
  /** From the code, or the transcript of a comparison. */
  readonly psk: Bytes;
}

/** VK to the new browser's device key, purpose 4. */
export function sealToLink(deviceKey: Bytes, place: LinkPlace, vaultKey: VaultKey): Promise<Bytes> {
  return sealBox(deviceKey, boxContext(place), vaultKey);
}

/** @returns null when the box is for another key. @throws CryptoError `malformed`, `open-failed` */
export async function openFromLink(
  deviceKey: BoxKey,
  place: LinkPlace,
  box: Uint8Array,
): Promise<VaultKey | null> {
  const opened = await openBox(deviceKey, boxContext(place), box);
  return opened && secretKeyFrom<VaultKey>(opened);
}

function boxContext({ account, link, vaultKeyVersion, psk }: LinkPlace): BoxContext {
  const object = idToBytes(link);
  return { purpose: "device-link", account, object, epoch: vaultKeyVersion, psk: { id: object, key: psk } };
}

/** A side's share of a comparison: 32 bytes. */
export function newLinkNonce(): Bytes {
  return randomBytes(KEY_BYTES);
}

/** What the new browser binds itself to before it sees the other's nonce. */
export interface LinkShare {
  readonly account: AccountId;
  readonly link: LinkId;
  readonly deviceKey: Bytes;
  /** The new browser's. */
  readonly nonce: Bytes;
}

export function linkCommitment({ account, link, deviceKey, nonce }: LinkShare): Promise<Bytes> {
  const name = label("link-commitment");
  return sha256(encodeFields(name, idToBytes(account), idToBytes(link), deviceKey, nonce));
}

/**
 * What both sides must agree on.
 * @param challenge the other browser's nonce
 * @param identityKey of the account: from the opened vault on one side, as the server says on the other
 */
export function linkTranscript(
  { account, link, deviceKey, nonce }: LinkShare,
  challenge: Bytes,
  identityKey: Bytes,
): Promise<Bytes> {
  const ids = [idToBytes(account), idToBytes(link)];
  return sha256(encodeFields(label("link-transcript"), ...ids, deviceKey, nonce, challenge, identityKey));
}

/** The first 42 bits of a transcript as seven numbers below 64. */
export function linkSymbols(transcript: Bytes): readonly number[] {
  const bits = new DataView(transcript.buffer, transcript.byteOffset).getBigUint64(0);
  return Array.from({ length: LINK_SYMBOLS }, (_, i) =>
    Number((bits >> (64n - SYMBOL_BITS * BigInt(i + 1))) & 63n),
  );
}
