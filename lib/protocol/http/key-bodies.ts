import * as z from "zod/mini";
import type { DeviceId, Id } from "../../base/ids.ts";
import { bytes, counter, id } from "../fields.ts";
import { LIMITS } from "../limits.ts";

/** Publishing keys, the vault and devices. The server stores what it cannot open. */

const certificate = bytes(64, 2048);
const vaultKeyBox = bytes(1, 2048);
const vaultCiphertext = bytes(1, LIMITS.vaultEntryBytes);
export const deviceName = z.string().check(z.trim(), z.minLength(1), z.maxLength(LIMITS.deviceNameChars));

const newDevice = z.strictObject({
  id: id<DeviceId>(),
  name: deviceName,
  certificate,
  /** The vault key sealed to this device. */
  box: vaultKeyBox,
});

/** The first keys of an account, all in one: either everything stands afterwards, or nothing. */
export const publishKeysBody = z.strictObject({
  identityKey: bytes(32),
  signingCertificate: certificate,
  transportCertificate: certificate,
  recoveryCertificate: certificate,
  recoveryBox: vaultKeyBox,
  device: newDevice,
  rootEntry: vaultCiphertext,
});

/** A further browser that opened the vault (by recovery code) becomes a device. */
export const addDeviceBody = z.strictObject({ device: newDevice });

/** Ties the session to the device that this browser already is. */
export const useDeviceBody = z.strictObject({ device: id<DeviceId>() });

/** @property entries only these, where they are asked for by id, with commas between */
export const vaultQuery = z.object({
  after: z.optional(id<Id>()),
  entries: z.optional(
    z.pipe(
      z.pipe(
        z.string(),
        z.transform((text) => text.split(",")),
      ),
      z.array(id<Id>()).check(z.maxLength(LIMITS.vaultEntriesAtOnce)),
    ),
  ),
});

/** Written only if `counter` is exactly one above what is stored: two devices never overwrite one another. */
export const putVaultEntryBody = z.strictObject({
  counter,
  vaultKeyVersion: counter,
  ciphertext: vaultCiphertext,
});

/** A new transport key; its epoch is above that of the one before. The same again is no error. */
export const replaceTransportBody = z.strictObject({ certificate });

/** This browser's next device key, and the vault key sealed to it. */
export const replaceDeviceKeyBody = z.strictObject({ certificate, box: vaultKeyBox });

/** A further recovery key, which stands beside the one before until that is retired. */
export const addRecoveryBody = z.strictObject({ certificate, box: vaultKeyBox });

/** All recovery keys end but the one of this epoch. */
export const keepRecoveryBody = z.strictObject({ epoch: counter });
