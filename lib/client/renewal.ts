import { type Bytes, equalBytes } from "../base/bytes.ts";
import type { DeviceId, RenewalId } from "../base/ids.ts";
import { issueCertificate } from "../crypto/certificate.ts";
import { CryptoError } from "../crypto/errors.ts";
import { keyId } from "../crypto/key-id.ts";
import { newSecretKey, type SigningSeed, type VaultKey } from "../crypto/keys.ts";
import { newBoxKey } from "../crypto/sealed-box.ts";
import { importSigningKey } from "../crypto/signature.ts";
import { openVaultEntry, sealVaultEntry } from "../crypto/vault.ts";
import { sealVaultKey } from "../crypto/vault-key-box.ts";
import { AppError } from "../protocol/errors.ts";
import { stagedEntriesAnswer, startRenewalAnswer } from "../protocol/http/renewals.ts";
import { parseCertificate } from "../protocol/layout/certificate.ts";
import { ROOT_ENTRY, type VaultEntryId } from "../protocol/layout/vault-entry.ts";
import type { AccountParts } from "./account/parts.ts";
import { batchesOf } from "./batches.ts";
import { makeDeviceKey, type NewDeviceKey } from "./make-device.ts";
import type { RenewalStep } from "./model-account.ts";
import { encodeVaultRoot, type VaultRoot } from "./vault-root.ts";

export type RenewalParts = Pick<AccountParts, "api" | "platform" | "vault">;

/** Another device writes to the vault, or renews, at the same time. */
const TRIES = 6;

/**
 * New signing, transport, vault and device keys (docs/protocol.md §7.1). When it resolves the vault has a newer key
 * than before, made here or by another device that was faster. It may be interrupted anywhere: nothing has changed
 * until the one commit, and its lost answer shows in the vault.
 * @throws AppError, CryptoError
 */
export async function renewKeys(
  parts: RenewalParts,
  onStep: (step: RenewalStep) => void = () => {},
): Promise<void> {
  const { vault } = parts;
  await vault.refresh();
  const before = vault.keyVersion;
  for (let attempt = 1; vault.keyVersion === before; attempt++) {
    try {
      await vault.hold(() => renewOnce(parts, onStep));
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== "conflict" || attempt === TRIES) throw error;
    }
    // What is there now opens with a key of this device, and whole: else this throws.
    await vault.refresh();
  }
}

async function renewOnce(parts: RenewalParts, onStep: (step: RenewalStep) => void): Promise<void> {
  const { api, platform, vault } = parts;
  onStep("preparing");
  const { renewal, vaultKeyVersion, devices } = await api.post("/api/renewals", {}, startRenewalAnswer);
  if (vaultKeyVersion !== vault.keyVersion) throw new AppError("conflict", "renewed elsewhere");
  const local = await platform.storage.findDevice(vault.account);
  const own = devices.find(({ id }) => id === local?.device);
  if (!local || !own) throw new AppError("conflict", "no device of the account");

  const root = vault.root();
  const next = await makeNext(parts, root, own.id, new Set(devices.map(({ id }) => id)));
  const entries = await sealEntries(parts, next);
  onStep("uploading");
  for (const batch of batchesOf(entries)) {
    await api.send("PUT", `/api/renewals/${renewal}/entries`, { entries: batch });
  }
  onStep("checking");
  await readBack(parts, renewal, next);

  const others = devices.filter(({ id }) => id !== own.id);
  const sealed = await sealToDevices(parts, root, next, others);
  // Kept before it counts: whether the commit's answer arrives or not, this browser can open what there is.
  await platform.storage.saveDevice({ ...local, pending: next.device.local });
  const { publicKey, psk } = root.recovery;
  const toRecovery = { account: vault.account, keyVersion: next.keyVersion, psk };
  onStep("replacing");
  await api.send("POST", `/api/renewals/${renewal}/commit`, {
    signingCertificate: next.signingCertificate,
    transportCertificate: next.transportCertificate,
    certificate: next.device.certificate,
    box: next.device.box,
    ...sealed,
    recoveryBox: await sealVaultKey(publicKey, toRecovery, next.key),
  });
}

interface Next {
  readonly key: VaultKey;
  readonly keyVersion: number;
  readonly root: VaultRoot;
  readonly signingCertificate: Bytes;
  readonly transportCertificate: Bytes;
  readonly device: NewDeviceKey;
}

async function makeNext(
  { platform, vault }: RenewalParts,
  root: VaultRoot,
  own: DeviceId,
  listed: ReadonlySet<DeviceId>,
): Promise<Next> {
  const { account } = vault;
  const now = platform.now();
  const signingSeed = newSecretKey<SigningSeed>();
  const [identity, signing, transport] = await Promise.all([
    importSigningKey(root.identitySeed),
    importSigningKey(signingSeed),
    newBoxKey(),
  ]);
  const signingEpoch = epochAfter(root.signing);
  const transportEpoch = epochAfter(root.transport);
  const common = { account, notBefore: now };
  const signingCertificate = await issueCertificate(identity, {
    ...common,
    keyType: "signing",
    epoch: signingEpoch,
    publicKey: signing.publicKey,
  });
  const transportCertificate = await issueCertificate(signing, {
    ...common,
    keyType: "transport",
    epoch: transportEpoch,
    publicKey: transport.publicKey,
  });
  const next = { key: newSecretKey<VaultKey>(), keyVersion: vault.keyVersion + 1 };
  const device = await makeDeviceKey({ account, device: own }, next, signing, now);
  // What the server has removed must not come back by its word.
  const others = root.devices.filter(({ id }) => id !== own && listed.has(id));
  return {
    ...next,
    signingCertificate,
    transportCertificate,
    device,
    root: {
      ...root,
      // The old seed signs until each conversation lists the new certificate.
      signing: [...root.signing, { epoch: signingEpoch, seed: signingSeed, certificate: signingCertificate }],
      transport: [
        ...root.transport,
        { epoch: transportEpoch, seed: transport.seed, madeAt: now, publishedAt: now },
      ],
      devices: [...others, { id: own, keyIds: [device.keyId] }],
      renewedAt: now,
      renewalDue: false,
    },
  };
}

function epochAfter(keys: readonly { readonly epoch: number }[]): number {
  return Math.max(...keys.map(({ epoch }) => epoch)) + 1;
}

async function sealEntries({ vault }: RenewalParts, { key, keyVersion, root }: Next) {
  const { account } = vault;
  return Promise.all(
    [...vault.entries].map(async ([id, { counter, plaintext }]) => {
      const content = id === ROOT_ENTRY ? encodeVaultRoot(root) : plaintext;
      const place = { account, entry: id, keyVersion };
      return {
        id,
        counter: counter + 1,
        ciphertext: await sealVaultEntry(key, place, counter + 1, content),
      };
    }),
  );
}

/** The server gives back all of it, and it opens to what the vault holds. @throws CryptoError */
async function readBack({ api, vault }: RenewalParts, renewal: RenewalId, next: Next): Promise<void> {
  const missing = new Map(vault.entries);
  let more = true;
  for (let after: string | null = null; more; ) {
    const query: string = after ? `?after=${after}` : "";
    const page = await api.get(`/api/renewals/${renewal}/entries${query}`, stagedEntriesAnswer);
    for (const { id, ciphertext } of page.entries) {
      const entry = id as VaultEntryId;
      const kept = missing.get(entry);
      missing.delete(entry);
      const place = { account: vault.account, entry, keyVersion: next.keyVersion };
      const opened = await openVaultEntry(next.key, place, (kept?.counter ?? 0) + 1, ciphertext);
      const expected = entry === ROOT_ENTRY ? encodeVaultRoot(next.root) : kept?.plaintext;
      if (!expected || !equalBytes(opened.plaintext, expected))
        throw new CryptoError("malformed", "the new vault reads back otherwise");
    }
    after = page.entries.at(-1)?.id ?? null;
    more = page.more && after !== null;
  }
  if (missing.size > 0) throw new CryptoError("rolled-back", `${missing.size} entries do not come back`);
}

/** To the browsers that the vault knows by the keys it knows; whatever else the server lists loses its place. */
async function sealToDevices(
  { vault }: RenewalParts,
  root: VaultRoot,
  next: Next,
  listed: readonly { id: DeviceId; certificate: Bytes }[],
) {
  const place = { account: vault.account, keyVersion: next.keyVersion };
  const devices: { id: DeviceId; box: Bytes }[] = [];
  const without: DeviceId[] = [];
  for (const { id, certificate } of listed) {
    const { publicKey } = parseCertificate(certificate);
    const name = await keyId(publicKey);
    const known = root.devices.find((device) => device.id === id);
    if (known?.keyIds.some((one) => equalBytes(one, name))) {
      devices.push({ id, box: await sealVaultKey(publicKey, place, next.key) });
    } else {
      without.push(id);
    }
  }
  return { devices, without };
}
