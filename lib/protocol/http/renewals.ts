import * as z from "zod/mini";
import type { DeviceId, Id, RenewalId } from "../../base/ids.ts";
import { bytes, counter, id } from "../fields.ts";
import { LIMITS } from "../limits.ts";

/** New keys for an account that keeps its identity (docs/protocol.md §7.1). */

const certificate = bytes(64, 2048);
const vaultKeyBox = bytes(1, 2048);
const entries = z.array(
  z.strictObject({ id: id<Id>(), counter, ciphertext: bytes(1, LIMITS.vaultEntryBytes) }),
);

export const renewalParams = z.object({ id: id<RenewalId>() });

/** What the renewal starts from, and the devices that are to have the new vault key. */
export const startRenewalAnswer = z.object({
  renewal: id<RenewalId>(),
  vaultKeyVersion: counter,
  devices: z.array(z.object({ id: id<DeviceId>(), certificate })),
});

export const stageEntriesBody = z.strictObject({ entries: entries.check(z.minLength(1)) });

export const stagedEntriesQuery = z.object({ after: z.optional(id<Id>()) });

export const stagedEntriesAnswer = z.object({ entries, more: z.boolean() });

const devices = z.array(z.strictObject({ id: id<DeviceId>(), box: vaultKeyBox })).check(z.maxLength(1000));

export const commitRenewalBody = z.strictObject({
  signingCertificate: certificate,
  transportCertificate: certificate,
  /** Of the browser that renews: its new device key. */
  certificate,
  box: vaultKeyBox,
  /** The account's other devices. */
  devices,
  /** Devices that lose their way into the vault. */
  without: z.array(id<DeviceId>()).check(z.maxLength(1000)),
  recoveryBox: vaultKeyBox,
});
