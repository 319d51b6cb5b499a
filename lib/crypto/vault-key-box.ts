import type { Bytes } from "../base/bytes.ts";
import { encodeFields } from "../base/fields.ts";
import { type AccountId, idToBytes } from "../base/ids.ts";
import { label } from "../protocol/layout/label.ts";
import { type RecoveryPsk, secretKeyFrom, type VaultKey } from "./keys.ts";
import { type BoxContext, type BoxKey, openBox, sealBox } from "./sealed-box.ts";

/** VK for a device, or with `psk` for RK (docs/protocol.md §3, purposes 3 and 2). */
export interface VaultKeyPlace {
  readonly account: AccountId;
  readonly keyVersion: number;
  /** Of the recovery code: without it the box is a device's. */
  readonly psk?: RecoveryPsk | undefined;
}

/** @throws CryptoError `malformed` when the recipient's key is none */
export function sealVaultKey(recipient: Bytes, place: VaultKeyPlace, key: VaultKey): Promise<Bytes> {
  return sealBox(recipient, boxContext(place), key);
}

/** @returns null when the box is for another key. @throws CryptoError `malformed`, `open-failed` */
export async function openVaultKeyBox(
  key: BoxKey,
  place: VaultKeyPlace,
  box: Uint8Array,
): Promise<VaultKey | null> {
  const opened = await openBox(key, boxContext(place), box);
  return opened && secretKeyFrom<VaultKey>(opened);
}

function boxContext({ account, keyVersion, psk }: VaultKeyPlace): BoxContext {
  const object = idToBytes(account);
  const common = { account, object, epoch: keyVersion };
  if (!psk) return { ...common, purpose: "vault-key-to-device" };
  const id = encodeFields(label("recovery-psk"), object);
  return { ...common, purpose: "vault-key-to-recovery", psk: { id, key: psk } };
}
