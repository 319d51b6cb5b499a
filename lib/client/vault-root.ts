import * as z from "zod/mini";
import { type Bytes, fromUtf8, utf8 } from "../base/bytes.ts";
import { toBase64url } from "../base/encoding.ts";
import { CryptoError } from "../crypto/errors.ts";
import { type BoxSeed, type SigningSeed, secretKeyFrom } from "../crypto/keys.ts";
import { bytes, counter } from "../protocol/fields.ts";

/** What the vault's root entry holds: the account's own secrets. */
export interface VaultRoot {
  readonly identitySeed: SigningSeed;
  /** Newest last. */
  readonly signing: readonly {
    readonly epoch: number;
    readonly seed: SigningSeed;
    readonly certificate: Bytes;
  }[];
  readonly transport: readonly { readonly epoch: number; readonly seed: BoxSeed }[];
  /** One's own identity keys before each reset, oldest first, as the server named them then. */
  readonly formerIdentities: readonly Bytes[];
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
  formerIdentities: z.array(bytes(32)),
});

/** JSON with byte strings as base64url: how entries with more than one field are written. */
export function encodeVaultJson(value: object): Bytes {
  return utf8(
    JSON.stringify(value, (_, field) => (field instanceof Uint8Array ? toBase64url(field) : field)),
  );
}

export function encodeVaultRoot(root: VaultRoot): Bytes {
  return encodeVaultJson({ version: 1, ...root });
}

/** @throws CryptoError "malformed" */
export function decodeVaultRoot(plaintext: Uint8Array): VaultRoot {
  try {
    const { version: _, ...root } = schema.parse(JSON.parse(fromUtf8(plaintext)));
    return root;
  } catch {
    throw new CryptoError("malformed", "vault root");
  }
}
