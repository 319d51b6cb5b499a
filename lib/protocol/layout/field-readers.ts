import { ByteReader } from "../../base/fields.ts";
import { ID_BYTES, type Id, idFromBytes } from "../../base/ids.ts";

/** Typed reads of one `u32be length ‖ bytes` field; each throws LayoutError on any other length. */

export function u8Field(reader: ByteReader): number {
  return new ByteReader(reader.field(1)).u8();
}

export function u32Field(reader: ByteReader): number {
  return new ByteReader(reader.field(4)).u32();
}

export function u64Field(reader: ByteReader): number {
  return new ByteReader(reader.field(8)).u64();
}

export function idField<T extends Id>(reader: ByteReader): T {
  return idFromBytes<T>(reader.field(ID_BYTES));
}
