import type { Bytes } from "../base/bytes.ts";
import { KEY_BYTES } from "../protocol/layout/sizes.ts";
import { CryptoError } from "./errors.ts";
import { randomBytes } from "./webcrypto.ts";

/** Secrets of 32 bytes, branded by their one use: a key never serves two purposes (docs/protocol.md §2). */
type SecretKey<Kind extends string> = Bytes & { readonly __secret: Kind };

/** CK: keys of messages are derived from it; it is never an AES key itself. */
export type ConversationKey = SecretKey<"conversation">;
/** VK: keys of vault entries are derived from it. */
export type VaultKey = SecretKey<"vault">;
/** Seed of an Ed25519 key (IK, SK). */
export type SigningSeed = SecretKey<"signing-seed">;
/** Seed of an X-Wing key (TK, DK, RK). */
export type BoxSeed = SecretKey<"box-seed">;
/** What the recovery code spells. */
export type RecoverySecret = SecretKey<"recovery">;
/** Of the recovery code too, and in the vault: without it nobody seals a vault key to RK. */
export type RecoveryPsk = SecretKey<"recovery-psk">;
/** Shared by two browsers that are being linked: the pre-shared key of one box. */
export type LinkSecret = SecretKey<"link">;
/** In the vault: half of what a browser's search index is sealed under, the other half being its LK. */
export type SearchSecret = SecretKey<"search">;

/** Of one report: what is reported is sealed under it, and it to each of those who get the report. */
export type ReportKey = SecretKey<"report">;
/** Of one sealed file, in the message that carries it: the file's segments are sealed under what is derived from it. */
export type FileKey = SecretKey<"file">;

export type AnySecretKey =
  | ConversationKey
  | VaultKey
  | SigningSeed
  | BoxSeed
  | RecoverySecret
  | RecoveryPsk
  | LinkSecret
  | SearchSecret
  | ReportKey
  | FileKey;

export function newSecretKey<T extends AnySecretKey>(): T {
  return randomBytes(KEY_BYTES) as T;
}

/** Brands bytes that came out of a box or the vault. @throws CryptoError `malformed` unless they are 32 bytes */
export function secretKeyFrom<T extends AnySecretKey>(bytes: Bytes): T {
  if (bytes.length !== KEY_BYTES) throw new CryptoError("malformed", `a key of ${bytes.length} bytes`);
  return bytes as T;
}
