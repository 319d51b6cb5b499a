import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  randomBytes,
  scryptSync,
  timingSafeEqual,
} from "node:crypto";
import * as z from "zod/mini";
import { fromBase64url, toBase64url } from "../../base/encoding.ts";
import { EXIT, Failure } from "../failure.ts";

/**
 * A file as it lies on the disk: one line of JSON, what is in it sealed with AES-256-GCM under a fresh nonce each time.
 * The line's own fields are authenticated with it.
 */
const VERSION = 1;
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

const protection = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("passphrase"),
    kdf: z.literal("scrypt"),
    cost: z.int().check(z.gte(2 ** 14), z.lte(2 ** 20)),
    blockSize: z.literal(8),
    parallelization: z.int().check(z.gte(1), z.lte(16)),
    salt: z.string(),
  }),
  z.strictObject({ kind: z.literal("key-file") }),
]);
export type Protection = z.infer<typeof protection>;

const sealedFile = z.strictObject({
  sceau: z.literal(VERSION),
  protection,
  /** Tells a wrong passphrase from a torn file. */
  check: z.string(),
  nonce: z.string(),
  sealed: z.string(),
});

/** A key with what is written beside the ciphertext about where it comes from. */
export interface FileKey {
  readonly protection: Protection;
  readonly key: Uint8Array;
}

/** What scrypt costs here (OWASP, 2023): 32 MiB, about a quarter of a second. */
const COST = { cost: 2 ** 15, blockSize: 8, parallelization: 3 } as const;

export function newPassphraseKey(passphrase: string): FileKey {
  const salt = toBase64url(randomBytes(32));
  return deriveKey(passphrase, { kind: "passphrase", kdf: "scrypt", ...COST, salt });
}

export function deriveKey(passphrase: string, how: Extract<Protection, { kind: "passphrase" }>): FileKey {
  const { cost, blockSize, parallelization } = how;
  const salt = fromBase64url(how.salt);
  if (salt?.length !== 32) throw broken();
  const maxmem = 256 * cost * blockSize;
  const key = scryptSync(passphrase.normalize("NFC"), salt, KEY_BYTES, {
    ...{ cost, blockSize, parallelization },
    maxmem,
  });
  return { protection: how, key };
}

export function sealFile({ protection, key }: FileKey, content: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const head = { sceau: VERSION, protection, check: checkOf(key) };
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  cipher.setAAD(Buffer.from(JSON.stringify(head)));
  const sealed = Buffer.concat([cipher.update(content, "utf8"), cipher.final(), cipher.getAuthTag()]);
  return `${JSON.stringify({ ...head, nonce: toBase64url(nonce), sealed: toBase64url(sealed) })}\n`;
}

/** @throws Failure "state-broken" */
export function readProtection(text: string): Protection {
  return parse(text).protection;
}

/** @throws Failure "wrong-passphrase", "state-broken" */
export function openFile({ protection, key }: FileKey, text: string): string {
  const file = parse(text);
  const check = checkOf(key);
  if (file.check.length !== check.length || !timingSafeEqual(Buffer.from(file.check), Buffer.from(check)))
    throw new Failure(
      EXIT.state,
      protection.kind === "passphrase" ? "wrong-passphrase" : "wrong-key-file",
      protection.kind === "passphrase"
        ? "The passphrase is wrong."
        : "The key file beside the state is not the one that it was sealed with.",
    );
  const nonce = fromBase64url(file.nonce);
  const sealed = fromBase64url(file.sealed);
  if (nonce?.length !== NONCE_BYTES || !sealed || sealed.length < TAG_BYTES) throw broken();
  const decipher = createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(JSON.stringify({ sceau: file.sceau, protection: file.protection, check })));
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final()]).toString(
      "utf8",
    );
  } catch {
    throw broken();
  }
}

function parse(text: string): z.infer<typeof sealedFile> {
  try {
    const parsed = sealedFile.safeParse(JSON.parse(text));
    if (parsed.success) return parsed.data;
  } catch {
    // Torn, or no such file at all.
  }
  throw broken();
}

function checkOf(key: Uint8Array): string {
  return toBase64url(createHmac("sha256", key).update("sceau state check").digest().subarray(0, 16));
}

function broken(): Failure {
  return new Failure(
    EXIT.state,
    "state-broken",
    "The state file is damaged, or no state file. Restore it from a backup that no newer command has run after, or remove its folder and sign in again.",
  );
}
