import { type Bytes, concat, u8 } from "../../base/bytes.ts";
import { ByteReader, LayoutError } from "../../base/fields.ts";
import { codeTable } from "./code-table.ts";
import { AES_TAG_BYTES, HASH_BYTES, X_WING_ENCAPSULATION_BYTES } from "./sizes.ts";
import { PROTOCOL_VERSION, readSuite, SUITE } from "./suite.ts";

/** What a sealed box carries, to which kind of key. `device-link` alone is HPKE mode_psk. */
export type BoxPurpose =
  | "conversation-key"
  | "vault-key-to-recovery"
  | "vault-key-to-device"
  | "device-link"
  | "report-key";
export const BOX_PURPOSE = codeTable<BoxPurpose>({
  "conversation-key": 1,
  "vault-key-to-recovery": 2,
  "vault-key-to-device": 3,
  "device-link": 4,
  "report-key": 5,
});

export interface SealedBox {
  readonly purpose: BoxPurpose;
  /** SHA-256 key id of the public key it was sealed to. */
  readonly recipientKeyId: Bytes;
  readonly encapsulation: Bytes;
  readonly ciphertext: Bytes;
  /** The bytes before `encapsulation`: the additional data of the encryption. */
  readonly header: Bytes;
}

export function encodeBoxHeader(purpose: BoxPurpose, recipientKeyId: Uint8Array): Bytes {
  return concat(u8(PROTOCOL_VERSION), u8(SUITE), u8(BOX_PURPOSE.encode(purpose)), recipientKeyId);
}

/** `version(1) suite(1) purpose(1) recipientKeyId(32) encapsulation(1120) ciphertext(n+16)`. @throws LayoutError */
export function parseBox(bytes: Uint8Array): SealedBox {
  const reader = new ByteReader(bytes);
  readSuite(reader);
  const purpose = BOX_PURPOSE.decode(reader.u8());
  const recipientKeyId = reader.take(HASH_BYTES);
  const header = bytes.slice(0, reader.offset) as Bytes;
  const encapsulation = reader.take(X_WING_ENCAPSULATION_BYTES);
  const ciphertext = reader.rest();
  if (ciphertext.length < AES_TAG_BYTES) throw new LayoutError("box too short");
  return { purpose, recipientKeyId, encapsulation, ciphertext, header };
}
