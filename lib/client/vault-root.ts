import * as z from "zod/mini";
import { type Bytes, fromUtf8, utf8 } from "../base/bytes.ts";
import { toBase64url } from "../base/encoding.ts";
import type { DeviceId } from "../base/ids.ts";
import { CryptoError } from "../crypto/errors.ts";
import { type BoxSeed, type RecoveryPsk, type SigningSeed, secretKeyFrom } from "../crypto/keys.ts";
import { bytes, counter, id } from "../protocol/fields.ts";
import { X_WING_PUBLIC_KEY_BYTES } from "../protocol/layout/sizes.ts";

/** Times in milliseconds since 1970. */
export interface TransportKey {
  readonly epoch: number;
  readonly seed: BoxSeed;
  readonly madeAt: number;
  /** Null until the server is known to have its certificate. */
  readonly publishedAt: number | null;
}

export interface KnownDevice {
  readonly id: DeviceId;
  /** keyId of its device key; of two while one replaces the other. */
  readonly keyIds: readonly Bytes[];
}

export interface RecoveryKey {
  readonly epoch: number;
  /** 1216 bytes. */
  readonly publicKey: Bytes;
  /** Of the recovery code, so that a renewal seals the next vault key to it without the paper. */
  readonly psk: RecoveryPsk;
  readonly madeAt: number;
}

/** What the vault's root entry holds: the account's own secrets, and what they were given to. */
export interface VaultRoot {
  readonly identitySeed: SigningSeed;
  /** Newest last; a seed is null once no conversation lists its certificate any more. */
  readonly signing: readonly {
    readonly epoch: number;
    readonly seed: SigningSeed | null;
    readonly certificate: Bytes;
  }[];
  /** Newest last. */
  readonly transport: readonly TransportKey[];
  /** The browsers that a new vault key is sealed to, whatever the server lists. */
  readonly devices: readonly KnownDevice[];
  readonly recovery: RecoveryKey;
  /** When signing, vault and device keys were made; milliseconds since 1970. */
  readonly renewedAt: number;
  /** Somebody who is not to have it knows the vault key. */
  readonly renewalDue: boolean;
  /** One's own identity keys before each reset, oldest first, as the server named them then. */
  readonly formerIdentities: readonly Bytes[];
}

const secret = <T extends SigningSeed | BoxSeed | RecoveryPsk>() =>
  z.pipe(
    bytes(32),
    z.transform((value) => secretKeyFrom<T>(value)),
  );

const schema = z.object({
  version: z.literal(1),
  identitySeed: secret<SigningSeed>(),
  signing: z
    .array(
      z.object({ epoch: counter, seed: z.nullable(secret<SigningSeed>()), certificate: bytes(64, 2048) }),
    )
    .check(z.minLength(1)),
  transport: z
    .array(
      z.object({
        epoch: counter,
        seed: secret<BoxSeed>(),
        madeAt: counter,
        publishedAt: z.nullable(counter),
      }),
    )
    .check(z.minLength(1)),
  devices: z.array(z.object({ id: id<DeviceId>(), keyIds: z.array(bytes(32)) })),
  recovery: z.object({
    epoch: counter,
    publicKey: bytes(X_WING_PUBLIC_KEY_BYTES),
    psk: secret<RecoveryPsk>(),
    madeAt: counter,
  }),
  renewedAt: counter,
  renewalDue: z.boolean(),
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
