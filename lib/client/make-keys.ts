import type { Bytes } from "../base/bytes.ts";
import type { AccountId } from "../base/ids.ts";
import { issueCertificate } from "../crypto/certificate.ts";
import { newSecretKey, type RecoverySecret, type SigningSeed, type VaultKey } from "../crypto/keys.ts";
import { formatRecoveryCode, recoveryBoxKey } from "../crypto/recovery.ts";
import { newBoxKey } from "../crypto/sealed-box.ts";
import { importSigningKey } from "../crypto/signature.ts";
import { sealVaultEntry } from "../crypto/vault.ts";
import { sealVaultKey } from "../crypto/vault-key-box.ts";
import { ROOT_ENTRY } from "../protocol/layout/vault-entry.ts";
import { makeDevice } from "./make-device.ts";
import { encodeVaultRoot } from "./vault-root.ts";

const FIRST = 1;

/**
 * Every key of a new account (docs/protocol.md §2), made here and now; nothing has left this device yet.
 * @param formerIdentities of an account that is reset: its identity keys so far, oldest first
 */
export async function makeFirstKeys(
  account: AccountId,
  deviceName: string,
  now: number,
  formerIdentities: readonly Bytes[] = [],
) {
  const identitySeed = newSecretKey<SigningSeed>();
  const signingSeed = newSecretKey<SigningSeed>();
  const recoverySecret = newSecretKey<RecoverySecret>();
  const vault = { key: newSecretKey<VaultKey>(), keyVersion: FIRST };
  const [identity, signing, transport, recovery] = await Promise.all([
    importSigningKey(identitySeed),
    importSigningKey(signingSeed),
    newBoxKey(),
    recoveryBoxKey(recoverySecret),
  ]);
  const common = { account, epoch: FIRST, notBefore: now };
  const [signingCertificate, recoveryCertificate, transportCertificate, device] = await Promise.all([
    issueCertificate(identity, { ...common, keyType: "signing", publicKey: signing.publicKey }),
    issueCertificate(identity, { ...common, keyType: "recovery", publicKey: recovery.publicKey }),
    issueCertificate(signing, { ...common, keyType: "transport", publicKey: transport.publicKey }),
    makeDevice(account, deviceName, { ...vault, identityKey: identity.publicKey }, signing, now),
  ]);
  const root = encodeVaultRoot({
    identitySeed,
    signing: [{ epoch: FIRST, seed: signingSeed, certificate: signingCertificate }],
    transport: [{ epoch: FIRST, seed: transport.seed, madeAt: now, publishedAt: now }],
    devices: [device.known],
    recovery: { epoch: FIRST, publicKey: recovery.publicKey, psk: recovery.psk, madeAt: now },
    renewedAt: now,
    renewalDue: false,
    formerIdentities,
  });
  const place = { account, entry: ROOT_ENTRY, keyVersion: FIRST };
  return {
    recoveryCode: await formatRecoveryCode(recoverySecret),
    local: device.local,
    published: {
      identityKey: identity.publicKey,
      signingCertificate,
      transportCertificate,
      recoveryCertificate,
      recoveryBox: await sealVaultKey(
        recovery.publicKey,
        { account, keyVersion: FIRST, psk: recovery.psk },
        vault.key,
      ),
      device: device.published,
      rootEntry: await sealVaultEntry(vault.key, place, FIRST, root),
    },
  };
}
