import type { Bytes } from "../base/bytes.ts";
import { encodeFields } from "../base/fields.ts";
import { label } from "../protocol/layout/label.ts";
import { sha256 } from "./webcrypto.ts";

/** SHA-256 over `enc("sceau/1/key-id", publicKey)`: how boxes and codes name a public key, 32 bytes. */
export function keyId(publicKey: Uint8Array): Promise<Bytes> {
  return sha256(encodeFields(label("key-id"), publicKey));
}
