import { type ByteReader, LayoutError } from "../../base/fields.ts";

/** Format version and cipher suite of everything this protocol writes (docs/protocol.md §1). No negotiation. */
export const PROTOCOL_VERSION = 1;
export const SUITE = 1;

/** The bytes may be well-formed for a later version; this one must not guess. */
export class UnsupportedVersionError extends LayoutError {}

/** @throws UnsupportedVersionError unless these are the one version and suite known here. */
export function requireSuite(version: number, suite: number): void {
  if (version !== PROTOCOL_VERSION || suite !== SUITE) {
    throw new UnsupportedVersionError(`version ${version}, suite ${suite}`);
  }
}

/** Reads the two leading bytes of a fixed layout. */
export function readSuite(reader: ByteReader): void {
  requireSuite(reader.u8(), reader.u8());
}
