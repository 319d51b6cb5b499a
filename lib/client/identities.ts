import type { z } from "zod/mini";
import { type Bytes, equalBytes } from "../base/bytes.ts";
import { toBase64url } from "../base/encoding.ts";
import type { AccountId, ConversationId } from "../base/ids.ts";
import { certificateHash, verifyCertificate } from "../crypto/certificate.ts";
import { CryptoError } from "../crypto/errors.ts";
import { AppError } from "../protocol/errors.ts";
import { manyKeysAnswer, publicKeysAnswer } from "../protocol/http/keys.ts";
import { LIMITS } from "../protocol/limits.ts";
import type { Api } from "./api.ts";
import { type Person, personOf } from "./model.ts";
import { createPins, type Pin } from "./pins.ts";
import type { Vault } from "./vault.ts";

type PublicKeys = z.infer<typeof publicKeysAnswer>;
type PublishedIdentity = Pick<PublicKeys, "identityKey" | "signingCertificates">;

/** A person's public keys, verified down from the identity key that the server names now. */
export interface Identity {
  readonly identityKey: Bytes;
  readonly newestCertificateHash: Bytes;
  /** Null once the account is deleted. */
  readonly transportKey: Bytes | null;
}

/** Under which identity key a signing key stands: the accepted one, one before it, or one that nobody accepted. */
type Standing = "current" | "former" | "unaccepted";

interface Known {
  /** How the server shows them. */
  readonly person: Person;
  readonly identity: Identity;
  /** Whether its identity key is the newest that was accepted here. */
  readonly accepted: boolean;
  /** By the base64url of their certificate's hash. */
  readonly signers: ReadonlyMap<string, { readonly key: Bytes; readonly standing: Standing }>;
}

/** The server names an identity key for somebody that was not accepted here: nothing is sealed to it. */
export class IdentityChangedError extends Error {
  override readonly name = "IdentityChangedError";
  readonly account: AccountId;

  constructor(account: AccountId) {
    super(account);
    this.account = account;
  }
}

/**
 * Who people are, on first use and ever after.
 * @param onReturn told of each conversation where a record counts on the end of an account that shows life
 */
export function createIdentities(
  api: Api,
  vault: Vault,
  now: () => number,
  onReturn: (conversation: ConversationId) => void = () => {},
) {
  const pins = createPins(vault);
  const known = new Map<AccountId, Promise<Known>>();
  /** What the person has just accepted, until it is written down. */
  const assumed = new Map<AccountId, Bytes>();
  /** Accounts on whose end records count, with the conversations of these. */
  const mourned = new Map<AccountId, ReadonlySet<ConversationId>>();

  async function load(account: AccountId): Promise<Known> {
    return verify(account, await api.get(`/api/people/${account}/keys`, publicKeysAnswer));
  }

  async function verify(account: AccountId, keys: PublicKeys): Promise<Known> {
    if (!keys.account.deleted) seeAlive(account);
    const accepted = await acceptedKeys(account, keys);
    const newest = accepted.at(-1);
    const standingOf = (key: Bytes): Standing => {
      if (newest && equalBytes(key, newest)) return "current";
      return accepted.some((one) => equalBytes(one, key)) ? "former" : "unaccepted";
    };
    const signers: [string, { key: Bytes; standing: Standing }][] = [];
    for (const former of keys.former) {
      const standing = standingOf(former.identityKey);
      if (standing === "unaccepted") continue;
      for (const { hash, key } of await verifySigningKeys(account, former))
        signers.push([toBase64url(hash), { key, standing }]);
    }
    const standing = standingOf(keys.identityKey);
    const current = await verifySigningKeys(account, keys);
    for (const { hash, key } of current) signers.push([toBase64url(hash), { key, standing }]);
    const identity = await verifyIdentity(account, keys, current.at(-1));
    const person = { ...personOf(keys.account), id: account };
    return { person, identity, accepted: standing === "current", signers: new Map(signers) };
  }

  function seeAlive(account: AccountId): void {
    for (const conversation of mourned.get(account) ?? []) onReturn(conversation);
  }

  /** Oldest first. Of somebody who is new here, what the server says now is believed, and kept. */
  async function acceptedKeys(account: AccountId, keys: PublicKeys): Promise<readonly Bytes[]> {
    const { formerIdentities } = vault.root();
    if (account === vault.account) return [...formerIdentities, vault.identityKey];
    const first = [keys.identityKey];
    // After a reset of one's own the past is the server's word anyway: also that of the people in it.
    if (formerIdentities.length > 0) first.unshift(...keys.former.map(({ identityKey }) => identityKey));
    if (!(await pins.find(account))) {
      const since = now();
      // Another device may have met this person meanwhile; the first pin stays.
      const pin: Pin = { keys: first.map((key) => ({ key, since })), verifiedAt: null };
      await pins.change(account, (before) => before ?? pin);
    }
    let accepted = await pinnedKeys(account);
    if (!equalBytes(accepted.at(-1) ?? new Uint8Array(), keys.identityKey)) {
      // Another browser of one's own may have accepted it.
      await vault.refresh();
      accepted = await pinnedKeys(account);
    }
    const just = assumed.get(account);
    return just ? [...accepted, just] : accepted;
  }

  async function pinnedKeys(account: AccountId): Promise<readonly Bytes[]> {
    return ((await pins.find(account))?.keys ?? []).map(({ key }) => key);
  }

  function keep(account: AccountId, one: Promise<Known>): Promise<Known> {
    known.set(account, one);
    one.catch(() => known.get(account) === one && known.delete(account));
    return one;
  }

  const know = (account: AccountId) => known.get(account) ?? keep(account, load(account));

  /** Asks for those who are not known here, many at once: meeting them all is a few requests and vault writes. */
  async function knowAll(accounts: readonly AccountId[]): Promise<void> {
    const missing = [...new Set(accounts)].filter((account) => !known.has(account));
    // Of few, each is asked for alone: as between two people.
    if (missing.length <= 2) {
      await Promise.allSettled(missing.map(know));
      return;
    }
    const asked: Promise<unknown>[] = [];
    for (let at = 0; at < missing.length; at += LIMITS.peopleAtOnce) {
      const some = missing.slice(at, at + LIMITS.peopleAtOnce);
      const answer = api.post("/api/people/keys", { accounts: some }, manyKeysAnswer);
      for (const account of some) {
        const one = answer.then(({ people }) => {
          const keys = people.find((person) => person.account.id === account);
          if (!keys) throw new AppError("not-found", "no keys");
          return verify(account, keys);
        });
        asked.push(keep(account, one));
      }
    }
    // What is wrong with one is said when that one is needed.
    await Promise.allSettled(asked);
  }

  return {
    pins,

    /** For many at once, before they are needed one by one. */
    prepare: knowAll,

    /** Name and picture of somebody who is in no list: who wrote here once, or was banned. */
    person: async (account: AccountId): Promise<Person> => (await know(account)).person,

    /** As `refresh`, of many. @throws IdentityChangedError for the first whose identity key is not the accepted one */
    async refreshAll(accounts: readonly AccountId[]): Promise<readonly Identity[]> {
      for (const account of accounts) known.delete(account);
      await knowAll(accounts);
      return Promise.all(accounts.map((account) => this.require(account)));
    },

    /**
     * @throws IdentityChangedError when the identity key is not the accepted one, CryptoError when the keys do
     * not verify, AppError as the API does
     */
    async require(account: AccountId): Promise<Identity> {
      const { accepted, identity } = await know(account);
      if (!accepted) throw new IdentityChangedError(account);
      return identity;
    },

    /** Asks the server again: keys may have been renewed, or changed. */
    refresh(account: AccountId): Promise<Identity> {
      known.delete(account);
      return this.require(account);
    },

    mourned,

    /** By what the server says or does, the account is there. */
    seeAlive,

    /** Everybody's keys are asked for again at their next use. */
    forgetAll: (): void => known.clear(),

    /** What the server names now, accepted or not. */
    async offered(account: AccountId): Promise<Identity> {
      known.delete(account);
      return (await know(account)).identity;
    },

    /**
     * For records and messages. A certificate that is not known yet is asked for once.
     * @throws IdentityChangedError for one under an identity that was not accepted, and where such an identity hides
     * those before it
     */
    async findSigningKey(account: AccountId, hash: Bytes): Promise<Bytes | null> {
      const name = toBase64url(hash);
      let theirs = await know(account);
      if (!theirs.signers.has(name)) {
        known.delete(account);
        theirs = await know(account);
      }
      const signer = theirs.signers.get(name);
      if (signer ? signer.standing === "unaccepted" : !theirs.accepted)
        throw new IdentityChangedError(account);
      return signer?.key ?? null;
    },

    /** Whether this certificate stands under an identity that another one has replaced: its key may be anybody's. */
    async isFormer(account: AccountId, hash: Bytes): Promise<boolean> {
      return (await know(account)).signers.get(toBase64url(hash))?.standing === "former";
    },

    /**
     * Accepts an identity key in place of the one before, which stays for what it signed. The mark of a
     * compared safety number ends with it.
     * @param rekey runs in between, with the new one in force: nobody's old key may open what comes next. What is
     * interrupted before the end was not accepted, and is asked for again
     */
    async accept(account: AccountId, key: Bytes, rekey: () => Promise<void>): Promise<void> {
      assumed.set(account, key);
      known.delete(account);
      try {
        await rekey();
        const next = { key, since: now() };
        await pins.change(account, (pin) => {
          const keys = pin?.keys ?? [];
          const there = keys.at(-1);
          return there && equalBytes(there.key, key) ? pin : { keys: [...keys, next], verifiedAt: null };
        });
      } finally {
        assumed.delete(account);
        known.delete(account);
      }
    },
  };
}

export type Identities = ReturnType<typeof createIdentities>;

/** IK certifies signing keys. Oldest first. @throws CryptoError */
async function verifySigningKeys(account: AccountId, published: PublishedIdentity) {
  const keys: { hash: Bytes; key: Bytes }[] = [];
  for (const bytes of published.signingCertificates) {
    const { publicKey } = await verifyCertificate(bytes, published.identityKey, {
      account,
      keyType: "signing",
    });
    keys.push({ hash: await certificateHash(bytes), key: publicKey });
  }
  return keys;
}

/** The newest signing key certifies the transport key. @throws CryptoError */
async function verifyIdentity(
  account: AccountId,
  { identityKey, transportCertificate }: PublicKeys,
  newest: { hash: Bytes; key: Bytes } | undefined,
): Promise<Identity> {
  if (!newest) throw new CryptoError("unknown-signer", "no signing certificate");
  const transport =
    transportCertificate &&
    (await verifyCertificate(transportCertificate, newest.key, { account, keyType: "transport" }));
  return { identityKey, newestCertificateHash: newest.hash, transportKey: transport?.publicKey ?? null };
}
