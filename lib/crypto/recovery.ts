import { type Bytes, concat, equalBytes } from "../base/bytes.ts";
import { encodeFields } from "../base/fields.ts";
import { label } from "../protocol/layout/label.ts";
import { KEY_BYTES } from "../protocol/layout/sizes.ts";
import { canonicalBase32, fromBase32, toBase32 } from "./base32.ts";
import { type BoxSeed, type RecoveryPsk, type RecoverySecret, secretKeyFrom } from "./keys.ts";
import { type BoxKey, boxKeyFromSeed } from "./sealed-box.ts";
import { hkdf, sha256 } from "./webcrypto.ts";

const CHECK_BYTES = 3;
const GROUP_CHARS = 4;

/** The recovery code on paper: 14 groups of 4 Crockford characters, 256 bits and a 24-bit checksum. */
export async function formatRecoveryCode(secret: RecoverySecret): Promise<string> {
  const text = toBase32(concat(secret, await checksum(secret)));
  return recoveryCodeGroups(text).join("-");
}

/** @returns null for a code with a slip of the pen; case, spaces, dashes, O for 0 and I or L for 1 are none. */
export async function parseRecoveryCode(text: string): Promise<RecoverySecret | null> {
  const bytes = fromBase32(text);
  if (bytes?.length !== KEY_BYTES + CHECK_BYTES) return null;
  const secret = bytes.slice(0, KEY_BYTES);
  const valid = equalBytes(await checksum(secret), bytes.slice(KEY_BYTES));
  return valid ? secretKeyFrom<RecoverySecret>(secret) : null;
}

/** The groups of a code, for showing it and for asking some of them back. */
export function recoveryCodeGroups(code: string): readonly string[] {
  return code.replaceAll("-", "").match(new RegExp(`.{${GROUP_CHARS}}`, "g")) ?? [];
}

/** Whether what was typed back is the group, read as tolerantly as the whole code is. */
export function isRecoveryGroup(group: string, typed: string): boolean {
  return canonicalBase32(typed) === canonicalBase32(group);
}

/** RK with what a box for it is sealed with beside it. */
export interface RecoveryBoxKey extends BoxKey {
  readonly psk: RecoveryPsk;
}

/** All that a code opens the vault with. */
export async function recoveryBoxKey(secret: RecoverySecret): Promise<RecoveryBoxKey> {
  const [key, psk] = await Promise.all([recoverySeed(secret).then(boxKeyFromSeed), recoveryPsk(secret)]);
  return { ...key, psk };
}

/** Seed of RK: `HKDF(code, salt "", "sceau/1/recovery", 32)`. */
export async function recoverySeed(secret: RecoverySecret): Promise<BoxSeed> {
  return secretKeyFrom<BoxSeed>(await hkdf(secret, new Uint8Array(0), label("recovery"), KEY_BYTES));
}

/** `HKDF(code, salt "", "sceau/1/recovery-psk", 32)`: says nothing of RK's seed, nor the seed of it. */
export async function recoveryPsk(secret: RecoverySecret): Promise<RecoveryPsk> {
  return secretKeyFrom<RecoveryPsk>(await hkdf(secret, new Uint8Array(0), label("recovery-psk"), KEY_BYTES));
}

async function checksum(secret: Bytes): Promise<Bytes> {
  return (await sha256(encodeFields(label("recovery-check"), secret))).slice(0, CHECK_BYTES);
}
