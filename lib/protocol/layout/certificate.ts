import { type Bytes, concat, equalBytes, u8, u32, u64 } from "../../base/bytes.ts";
import { ByteReader, encodeFields, LayoutError } from "../../base/fields.ts";
import { type AccountId, idToBytes } from "../../base/ids.ts";
import { codeTable } from "./code-table.ts";
import { idField, u8Field, u32Field, u64Field } from "./field-readers.ts";
import { label } from "./label.ts";
import { ED25519_PUBLIC_KEY_BYTES, ED25519_SIGNATURE_BYTES, X_WING_PUBLIC_KEY_BYTES } from "./sizes.ts";

/** What a certified key is for; it also fixes the key's algorithm and size (docs/protocol.md §2). */
export type KeyType = "signing" | "transport" | "device" | "recovery";
export const KEY_TYPE = codeTable<KeyType>({ signing: 1, transport: 2, device: 3, recovery: 4 });

export interface CertificateBody {
  readonly account: AccountId;
  readonly keyType: KeyType;
  /** Counts the keys of this type of this account, from 1. */
  readonly epoch: number;
  readonly publicKey: Bytes;
  /** Milliseconds since 1970. */
  readonly notBefore: number;
}

export interface Certificate extends CertificateBody {
  /** The bytes under the signature. */
  readonly signed: Bytes;
  readonly signature: Bytes;
}

export function publicKeyBytes(keyType: KeyType): number {
  return keyType === "signing" ? ED25519_PUBLIC_KEY_BYTES : X_WING_PUBLIC_KEY_BYTES;
}

/** `enc(label, account, key type, epoch, public key, not-before)`: the bytes an issuer signs. */
export function encodeCertificateBody(body: CertificateBody): Bytes {
  return encodeFields(
    label("certificate"),
    idToBytes(body.account),
    u8(KEY_TYPE.encode(body.keyType)),
    u32(body.epoch),
    body.publicKey,
    u64(body.notBefore),
  );
}

/** Signed bytes followed by the 64-byte signature. */
export function encodeCertificate(signed: Bytes, signature: Bytes): Bytes {
  return concat(signed, signature);
}

/** Structure only: the signature is verified by lib/crypto. @throws LayoutError */
export function parseCertificate(bytes: Uint8Array): Certificate {
  const reader = new ByteReader(bytes);
  if (!equalBytes(reader.field(), label("certificate"))) throw new LayoutError("not a certificate");
  const account = idField<AccountId>(reader);
  const keyType = KEY_TYPE.decode(u8Field(reader));
  const epoch = u32Field(reader);
  const publicKey = reader.field(publicKeyBytes(keyType));
  const notBefore = u64Field(reader);
  const signed = bytes.slice(0, reader.offset) as Bytes;
  const signature = reader.take(ED25519_SIGNATURE_BYTES);
  reader.end();
  return { account, keyType, epoch, publicKey, notBefore, signed, signature };
}
