import type { z } from "zod/mini";
import { type Bytes, equalBytes } from "../base/bytes.ts";
import { toBase64url } from "../base/encoding.ts";
import type { AccountId } from "../base/ids.ts";
import { certificateHash, verifyCertificate } from "../crypto/certificate.ts";
import { CryptoError } from "../crypto/errors.ts";
import { publicKeysAnswer } from "../protocol/http/keys.ts";
import type { Api } from "./api.ts";
import type { Vault } from "./vault.ts";

type PublicKeys = z.infer<typeof publicKeysAnswer>;

/** A person's public keys, verified down from the pinned identity key. */
export interface Identity {
  /** Signing public keys by the base64url of their certificate's hash. */
  readonly signingKeys: ReadonlyMap<string, Bytes>;
  readonly newestCertificateHash: Bytes;
  readonly transportKey: Bytes;
}

/** The server names another identity key for somebody than the one seen first: sending stops. */
export class IdentityChangedError extends Error {
  override readonly name = "IdentityChangedError";
}

/** Who people are, on first use and ever after. */
export function createIdentities(api: Api, vault: Vault) {
  const verified = new Map<AccountId, Promise<Identity>>();

  async function pin(account: AccountId, identityKey: Bytes): Promise<void> {
    const known = vault.root().pins.get(account);
    if (known && !equalBytes(known, identityKey)) throw new IdentityChangedError(account);
    if (known) return;
    await vault.updateRoot((root) => {
      // Another device may have pinned this person meanwhile; the first pin stays.
      const pins = new Map(root.pins);
      if (!pins.has(account)) pins.set(account, identityKey);
      return { ...root, pins };
    });
    await pin(account, identityKey);
  }

  async function load(account: AccountId): Promise<Identity> {
    const keys = await api.get(`/api/people/${account}/keys`, publicKeysAnswer);
    const identity = await verifyKeys(account, keys);
    await pin(account, keys.identityKey);
    return identity;
  }

  return {
    /**
     * @throws IdentityChangedError when the identity key is not the pinned one, CryptoError when the keys do
     * not verify, AppError as the API does
     */
    require(account: AccountId): Promise<Identity> {
      let known = verified.get(account);
      if (!known) {
        known = load(account);
        verified.set(account, known);
        known.catch(() => verified.delete(account));
      }
      return known;
    },

    /** Asks the server again: keys may have been renewed, or changed. */
    refresh(account: AccountId): Promise<Identity> {
      verified.delete(account);
      return this.require(account);
    },

    /** For records and messages. A certificate that is not known yet is asked for once. */
    async findSigningKey(account: AccountId, hash: Bytes): Promise<Bytes | null> {
      const name = toBase64url(hash);
      const known = (await this.require(account)).signingKeys.get(name);
      return known ?? (await this.refresh(account)).signingKeys.get(name) ?? null;
    },
  };
}

export type Identities = ReturnType<typeof createIdentities>;

/** IK certifies signing keys, the newest of which certifies the transport key. @throws CryptoError */
async function verifyKeys(account: AccountId, keys: PublicKeys): Promise<Identity> {
  const signingKeys = new Map<string, Bytes>();
  let newest: { hash: Bytes; publicKey: Bytes } | null = null;
  for (const bytes of keys.signingCertificates) {
    const { publicKey } = await verifyCertificate(bytes, keys.identityKey, { account, keyType: "signing" });
    newest = { hash: await certificateHash(bytes), publicKey };
    signingKeys.set(toBase64url(newest.hash), publicKey);
  }
  if (!newest) throw new CryptoError("unknown-signer", "no signing certificate");
  const transport = await verifyCertificate(keys.transportCertificate, newest.publicKey, {
    account,
    keyType: "transport",
  });
  return { signingKeys, newestCertificateHash: newest.hash, transportKey: transport.publicKey };
}
