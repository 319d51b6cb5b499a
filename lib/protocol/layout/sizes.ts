/** Sizes in bytes of the suite's keys and outputs. */
export const HASH_BYTES = 32;
export const KEY_BYTES = 32;
export const SALT_BYTES = 32;
export const AES_TAG_BYTES = 16;
export const ED25519_PUBLIC_KEY_BYTES = 32;
export const ED25519_SIGNATURE_BYTES = 64;
export const X_WING_PUBLIC_KEY_BYTES = 1216;
export const X_WING_ENCAPSULATION_BYTES = 1120;
