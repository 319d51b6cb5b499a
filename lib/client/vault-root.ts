import * as z from "zod/mini";
import { type Bytes, fromUtf8, utf8 } from "../base/bytes.ts";
import { toBase64url } from "../base/encoding.ts";
import type { AccountId } from "../base/ids.ts";
import { CryptoError } from "../crypto/errors.ts";
import { type BoxSeed, type SigningSeed, secretKeyFrom } from "../crypto/keys.ts";
import { bytes, counter, id } from "../protocol/fields.ts";

/** What the vault's root entry holds: the account's own secrets, and whom it has met. */
export interface VaultRoot {
  readonly identitySeed: SigningSeed;
  /** Newest last. */
  readonly signing: readonly {
    readonly epoch: number;
    readonly seed: SigningSeed;
    readonly certificate: Bytes;
  }[];
  readonly transport: readonly { readonly epoch: number; readonly seed: BoxSeed }[];
  /** The first identity key seen of each person. */
  readonly pins: ReadonlyMap<AccountId, Bytes>;
}

const seed = <T extends SigningSeed | BoxSeed>() =>
  z.pipe(
    bytes(32),
    z.transform((value) => secretKeyFrom<T>(value)),
  );

const schema = z.object({
  version: z.literal(1),
  identitySeed: seed<SigningSeed>(),
  signing: z
    .array(z.object({ epoch: counter, seed: seed<SigningSeed>(), certificate: bytes(64, 2048) }))
    .check(z.minLength(1)),
  transport: z.array(z.object({ epoch: counter, seed: seed<BoxSeed>() })).check(z.minLength(1)),
  pins: z.array(z.tuple([id<AccountId>(), bytes(32)])),
});

export function encodeVaultRoot(root: VaultRoot): Bytes {
  const value = { version: 1, ...root, pins: [...root.pins] };
  return utf8(
    JSON.stringify(value, (_, field) => (field instanceof Uint8Array ? toBase64url(field) : field)),
  );
}

/** @throws CryptoError "malformed" */
export function decodeVaultRoot(plaintext: Uint8Array): VaultRoot {
  try {
    const { version: _, pins, ...root } = schema.parse(JSON.parse(fromUtf8(plaintext)));
    return { ...root, pins: new Map(pins) };
  } catch {
    throw new CryptoError("malformed", "vault root");
  }
}
