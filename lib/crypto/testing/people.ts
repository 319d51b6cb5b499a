import type { Bytes } from "../../base/bytes.ts";
import { equalBytes } from "../../base/bytes.ts";
import { type AccountId, newId } from "../../base/ids.ts";
import { certificateHash, issueCertificate, verifyCertificate } from "../certificate.ts";
import type { FindSigningKey } from "../chain.ts";
import { newSecretKey, type SigningSeed } from "../keys.ts";
import type { RecordAuthor } from "../record.ts";
import { type BoxKey, newBoxKey } from "../sealed-box.ts";
import { importSigningKey, type SigningKey } from "../signature.ts";

/** Somebody with keys, and everything public about them. */
export interface Person extends RecordAuthor {
  readonly identity: SigningKey;
  readonly certificate: Bytes;
  readonly transport: BoxKey;
}

export async function newPerson(account = newId<AccountId>()): Promise<Person> {
  const identity = await newSigningKey();
  const person = { account, identity, transport: await newBoxKey() };
  return { ...person, ...(await newSigningEpoch(person, 1)) };
}

export function newSigningKey(): Promise<SigningKey> {
  return importSigningKey(newSecretKey<SigningSeed>());
}

/** A renewed signing key of a person, certified by their identity key. */
export async function newSigningEpoch(person: Pick<Person, "account" | "identity">, epoch: number) {
  const key = await newSigningKey();
  const certificate = await issueCertificate(person.identity, {
    account: person.account,
    keyType: "signing",
    epoch,
    publicKey: key.publicKey,
    notBefore: 0,
  });
  return { key, certificate, certificateHash: await certificateHash(certificate) };
}

/** Finds signing keys as a client does: by hash, verified under the person's pinned identity key. */
export function directory(...people: readonly Person[]): FindSigningKey {
  return async (account, hash) => {
    const person = people.find((one) => one.account === account && equalBytes(one.certificateHash, hash));
    if (!person) return null;
    const expected = { account, keyType: "signing" } as const;
    return (await verifyCertificate(person.certificate, person.identity.publicKey, expected)).publicKey;
  };
}
