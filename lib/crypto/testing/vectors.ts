import type { Bytes } from "../../base/bytes.ts";

/** The published vectors, as read from ../shared/vectors or VECTORS_DIR. Byte strings are hexadecimal. */
export interface Vectors {
  readonly "rfc9180-x25519-sha256-aes256gcm": readonly HpkeVector[];
  readonly "xwing-draft": readonly XWingVector[];
  readonly "wycheproof-ed25519": Wycheproof<SignatureTest, { readonly publicKey: { readonly pk: string } }>;
  readonly "wycheproof-hkdf-sha256": Wycheproof<HkdfTest, object>;
  readonly "wycheproof-x25519": Wycheproof<X25519Test, object>;
  readonly "wycheproof-mlkem-768": Wycheproof<MlKemTest, object>;
}

export const VECTOR_FILES = [
  "rfc9180-x25519-sha256-aes256gcm",
  "xwing-draft",
  "wycheproof-ed25519",
  "wycheproof-hkdf-sha256",
  "wycheproof-x25519",
  "wycheproof-mlkem-768",
] as const satisfies readonly (keyof Vectors)[];

export interface HpkeVector {
  readonly mode: number;
  readonly info: string;
  readonly skRm: string;
  readonly enc: string;
  readonly psk?: string;
  readonly psk_id?: string;
  readonly shared_secret: string;
  readonly key: string;
  readonly base_nonce: string;
  readonly encryptions: readonly { readonly aad: string; readonly ct: string; readonly pt: string }[];
}

export interface XWingVector {
  readonly seed: string;
  readonly eseed: string;
  readonly ss: string;
  readonly pk: string;
  readonly ct: string;
}

interface Wycheproof<Test, Group> {
  readonly testGroups: readonly (Group & { readonly tests: readonly (Test & WycheproofTest)[] })[];
}

interface WycheproofTest {
  readonly tcId: number;
  readonly result: "valid" | "invalid" | "acceptable";
  readonly flags: readonly string[];
}

interface SignatureTest {
  readonly msg: string;
  readonly sig: string;
}

interface HkdfTest {
  readonly ikm: string;
  readonly salt: string;
  readonly info: string;
  readonly size: number;
  readonly okm: string;
}

interface X25519Test {
  readonly public: string;
  readonly private: string;
  readonly shared: string;
}

interface MlKemTest {
  readonly seed: string;
  readonly ek?: string;
  readonly c: string;
  readonly K: string;
}

export function hex(text: string): Bytes {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

/** The value, or null where the implementation throws: both are refusals to a vector. */
export async function orNull<T>(call: () => T | Promise<T>): Promise<T | null> {
  try {
    return await call();
  } catch {
    return null;
  }
}
