/**
 * App passwords stand for password and authenticator where a program signs in: "sceau-" and 32 lower-case characters
 * of Crockford's base32, 160 random bits. The beginning lets scanners for secrets know one that was published.
 */
export const APP_PASSWORD_CHARS = 32;
export const APP_PASSWORD_PREFIX = "sceau-";
/** That an account may have at a time. */
export const APP_PASSWORDS = 5;
export const APP_PASSWORD_NAME_CHARS = 40;

export const APP_PASSWORD_SHAPE = /^sceau-[0-9a-hjkmnp-tv-z]{32}$/;
