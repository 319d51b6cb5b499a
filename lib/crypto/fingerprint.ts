import { type Bytes, concat, u8 } from "../base/bytes.ts";
import { fromBase64url, toBase64url } from "../base/encoding.ts";
import { encodeFields } from "../base/fields.ts";
import { type AccountId, idToBytes } from "../base/ids.ts";
import { label } from "../protocol/layout/label.ts";
import { HASH_BYTES } from "../protocol/layout/sizes.ts";
import { sha256 } from "./webcrypto.ts";

export interface IdentityOf {
  readonly account: AccountId;
  /** IK's public key. */
  readonly identityKey: Bytes;
}

const CODE_PREFIX = "sceau-safety:";
const CODE_VERSION = 1;

/** Twelve groups of five digits that both people see alike when each has the other's true identity key. */
export async function safetyNumber(one: IdentityOf, other: IdentityOf): Promise<readonly string[]> {
  const halves = await Promise.all([half(one), half(other)]);
  return halves.sort((a, b) => (a.join() < b.join() ? -1 : 1)).flat();
}

/** 30 digits, near 100 bits, of one person: each group is 5 bytes modulo 100,000. */
async function half(person: IdentityOf): Promise<readonly string[]> {
  const hash = await fingerprint(person);
  return Array.from({ length: 6 }, (_, group) => {
    const view = new DataView(concat(new Uint8Array(3), hash.subarray(group * 5, group * 5 + 5)).buffer);
    return String(view.getBigUint64(0) % 100_000n).padStart(5, "0");
  });
}

/** 32 bytes of one person. */
function fingerprint({ account, identityKey }: IdentityOf): Promise<Bytes> {
  return sha256(encodeFields(label("fingerprint"), idToBytes(account), identityKey));
}

/** What one person's screen shows the other's camera: `u8(1) ‖ own fingerprint ‖ the other's`, whole. */
export async function safetyCode(own: IdentityOf, other: IdentityOf): Promise<string> {
  const bytes = concat(u8(CODE_VERSION), await fingerprint(own), await fingerprint(other));
  return CODE_PREFIX + toBase64url(bytes);
}

/** @returns null when the text is no safety code of this version at all */
export async function isSafetyCodeOf(
  text: string,
  other: IdentityOf,
  own: IdentityOf,
): Promise<boolean | null> {
  const bytes = text.startsWith(CODE_PREFIX) ? fromBase64url(text.slice(CODE_PREFIX.length)) : null;
  if (bytes?.length !== 1 + 2 * HASH_BYTES || bytes[0] !== CODE_VERSION) return null;
  return text === (await safetyCode(other, own));
}
