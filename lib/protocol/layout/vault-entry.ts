import { type Bytes, concat, u8, u32, u64 } from "../../base/bytes.ts";
import { ByteReader, LayoutError } from "../../base/fields.ts";
import { ID_BYTES, type Id, idFromBytes } from "../../base/ids.ts";
import { AES_TAG_BYTES, SALT_BYTES } from "./sizes.ts";
import { PROTOCOL_VERSION, readSuite, SUITE } from "./suite.ts";

export type VaultEntryId = Id<"vault-entry">;

/** The entry of IK, SK, TK seeds, pins and settings: 16 zero bytes. */
export const ROOT_ENTRY = idFromBytes<VaultEntryId>(new Uint8Array(ID_BYTES));

/** The clear head of a vault entry: the server needs the two numbers to refuse going backwards. */
export interface VaultEntryHeader {
  /** Which vault key: the v of VK_v. */
  readonly keyVersion: number;
  /** Grows with every write of this entry. */
  readonly counter: number;
  readonly salt: Bytes;
}

export interface VaultEntry {
  readonly header: VaultEntryHeader;
  readonly headerBytes: Bytes;
  readonly ciphertext: Bytes;
}

export function encodeVaultEntryHeader(header: VaultEntryHeader): Bytes {
  return concat(u8(PROTOCOL_VERSION), u8(SUITE), u32(header.keyVersion), u64(header.counter), header.salt);
}

/** `version(1) suite(1) keyVersion(u32) counter(u64) salt(32) ciphertext(n+16)`. @throws LayoutError */
export function parseVaultEntry(bytes: Uint8Array): VaultEntry {
  const reader = new ByteReader(bytes);
  readSuite(reader);
  const header = { keyVersion: reader.u32(), counter: reader.u64(), salt: reader.take(SALT_BYTES) };
  const headerBytes = bytes.slice(0, reader.offset) as Bytes;
  const ciphertext = reader.rest();
  if (ciphertext.length < AES_TAG_BYTES) throw new LayoutError("vault entry too short");
  return { header, headerBytes, ciphertext };
}
