/**
 * Sign-in codes stand in for a lost authenticator: 7 groups of 4 lower-case characters of Crockford's base32, 140
 * random bits. The key recovery code has 14 groups in upper case; which of the two was typed shows by its length.
 */
export const SIGN_IN_CODE_CHARS = 28;
export const SIGN_IN_CODES = 10;

const RECOVERY_CODE_CHARS = 56;
const GROUP = /.{4}(?=.)/g;

/** A sign-in code as it is hashed and sent: no dashes. */
export const SIGN_IN_CODE_SHAPE = /^[0-9a-hjkmnp-tv-z]{28}$/;

/** Forgives what paper and hands do: case, spaces, dashes, wide letters, o for 0, i or l for 1. */
export function tidyCode(text: string): string {
  return text
    .normalize("NFKC")
    .replace(/[^\p{L}\p{N}]/gu, "")
    .toLowerCase()
    .replaceAll("o", "0")
    .replace(/[il]/g, "1");
}

/** As it is shown: groups joined by dashes. */
export function formatSignInCode(code: string): string {
  return code.replace(GROUP, "$&-");
}

/** What somebody typed where a code was asked for, by its length; null for neither. */
export function kindOfCode(text: string): "sign-in" | "recovery" | null {
  const { length } = tidyCode(text);
  if (length === SIGN_IN_CODE_CHARS) return "sign-in";
  return length === RECOVERY_CODE_CHARS ? "recovery" : null;
}
