import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { Secret, TOTP } from "otpauth";
import { concat, u32, utf8 } from "../../lib/base/bytes.ts";
import { encodeFields } from "../../lib/base/fields.ts";
import { type AccountId, idToBytes } from "../../lib/base/ids.ts";
import { AppError } from "../../lib/protocol/errors.ts";
import type { VersionedKey } from "../secrets.ts";

const SECRET_BYTES = 20;
const STEP_SECONDS = 30;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A TOTP secret as stored: AES-256-GCM under a key that is not in the database. */
export interface SealedTotpSecret {
  totpSecret: Uint8Array;
  totpKeyVersion: number;
}

/** RFC 6238 with what the common apps read: 160-bit secret, SHA-1, 6 digits, 30 seconds. */
export function createTotp(keys: readonly [VersionedKey, ...VersionedKey[]], clock: () => number) {
  const [current] = keys;
  const context = (account: AccountId, version: number) =>
    encodeFields(utf8("sceau/1/totp"), idToBytes(account), u32(version));

  /** A secret moved to another account's row does not open. */
  function open(account: AccountId, { totpSecret, totpKeyVersion }: SealedTotpSecret): Secret {
    const key = keys.find(({ version }) => version === totpKeyVersion);
    if (!key) throw new AppError("internal", `TOTP key version ${totpKeyVersion} is missing`);
    const decipher = createDecipheriv("aes-256-gcm", key.key, totpSecret.subarray(0, NONCE_BYTES));
    decipher.setAAD(context(account, totpKeyVersion));
    decipher.setAuthTag(totpSecret.subarray(-TAG_BYTES));
    const secret = concat(decipher.update(totpSecret.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final());
    return new Secret({ buffer: secret.buffer });
  }

  return {
    /** A fresh secret: sealed for the database, as text and otpauth URI for the person's app. */
    create(
      account: AccountId,
      name: string,
      issuer: string,
    ): SealedTotpSecret & { uri: string; text: string } {
      const secret = new Secret({ size: SECRET_BYTES });
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv("aes-256-gcm", current.key, nonce);
      cipher.setAAD(context(account, current.version));
      const ciphertext = concat(cipher.update(secret.bytes), cipher.final());
      return {
        totpSecret: concat(nonce, ciphertext, cipher.getAuthTag()),
        totpKeyVersion: current.version,
        uri: new TOTP({ issuer, label: name, secret }).toString(),
        text: secret.base32,
      };
    },

    /**
     * The 30-second step that `code` (six ASCII digits, checked at the edge) belongs to: the present one or the
     * one before, later than `lastStep`. Null when the code is wrong or used.
     */
    matchStep(account: AccountId, sealed: SealedTotpSecret, code: string, lastStep: number): number | null {
      const timestamp = clock();
      const totp = new TOTP({ secret: open(account, sealed) });
      const delta = totp.validate({ token: code, timestamp, window: 1 });
      const step = Math.floor(timestamp / 1000 / STEP_SECONDS) + (delta ?? 0);
      return delta === null || delta > 0 || step <= lastStep ? null : step;
    },
  };
}

export type Totp = ReturnType<typeof createTotp>;
