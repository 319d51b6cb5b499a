import { type Bytes, equalBytes } from "../../lib/base/bytes.ts";
import type { AccountId, DeviceId, Id } from "../../lib/base/ids.ts";
import { certificateHash, keyId } from "../../lib/crypto/verify.ts";
import { AppError } from "../../lib/protocol/errors.ts";
import { KEY_TYPE, type KeyType, parseCertificate } from "../../lib/protocol/layout/certificate.ts";
import { ROOT_ENTRY, type VaultEntryId } from "../../lib/protocol/layout/vault-entry.ts";
import type { Database } from "../database/database.ts";
import type {
  DeviceRow,
  FirstKeys as FirstKeyRows,
  FormerIdentity,
  PublishedKeys,
  VaultEntryRow,
} from "../database/keys.ts";
import type { Client } from "./client.ts";
import type { Journal } from "./journal.ts";
import {
  certificateRow,
  isBoxFor,
  requireCertificate,
  requireEntryHeader,
  vaultKeyBox,
} from "./key-checks.ts";
import type { Policies } from "./policies.ts";
import type { Publish } from "./publish.ts";
import type { Session, SessionService } from "./sessions.ts";

const FIRST_VAULT_KEY = 1;
/** How long boxes for a replaced transport key are still stored. Its owner opens them for 30 days. */
const REPLACED_KEY_MS = 24 * 60 * 60_000;

interface NewDevice {
  id: DeviceId;
  name: string;
  certificate: Bytes;
  box: Bytes;
}

export interface FirstKeys {
  identityKey: Bytes;
  signingCertificate: Bytes;
  transportCertificate: Bytes;
  recoveryCertificate: Bytes;
  recoveryBox: Bytes;
  device: NewDevice;
  rootEntry: Bytes;
}

/** A vault with thousands of entries is read in pages. */
const VAULT_PAGE = 1_000;

/** Public keys, the vault and devices. */
export function createKeyService(
  { keys, vaults }: Pick<Database, "keys" | "vaults">,
  sessions: SessionService,
  policies: Pick<Policies, "current">,
  journal: Journal,
  publish: Publish,
  clock: () => number,
) {
  async function requireIdentity(account: AccountId) {
    const identity = await keys.findIdentity(account);
    if (!identity) throw new AppError("not-found", "no keys yet");
    return identity;
  }

  async function requireSigningKey(account: AccountId): Promise<Bytes> {
    const row = (await keys.certificates(account, KEY_TYPE.encode("signing"))).at(-1);
    if (!row) throw new AppError("not-found", "no signing key");
    return parseCertificate(row.bytes).publicKey;
  }

  /** Keys of an account that has none yet, or none any more, as they are stored. @throws AppError "bad-request" */
  async function checkFirst(account: AccountId, first: FirstKeys): Promise<FirstKeyRows> {
    const rootEntry = {
      id: ROOT_ENTRY,
      counter: 1,
      vaultKeyVersion: FIRST_VAULT_KEY,
      ciphertext: first.rootEntry,
    };
    requireEntryHeader(rootEntry);
    const check = (bytes: Bytes, issuer: Bytes, keyType: KeyType) =>
      requireCertificate(bytes, issuer, { account, keyType });
    const signing = await check(first.signingCertificate, first.identityKey, "signing");
    const recovery = await check(first.recoveryCertificate, first.identityKey, "recovery");
    const transport = await check(first.transportCertificate, signing.publicKey, "transport");
    const device = await check(first.device.certificate, signing.publicKey, "device");
    return {
      identityKey: first.identityKey,
      vaultKeyVersion: FIRST_VAULT_KEY,
      certificates: [
        certificateRow(signing, first.signingCertificate),
        certificateRow(recovery, first.recoveryCertificate),
        certificateRow(transport, first.transportCertificate),
      ],
      device: deviceRow(first.device),
      boxes: [
        await vaultKeyBox(first.recoveryBox, recovery, FIRST_VAULT_KEY),
        await vaultKeyBox(first.device.box, device, FIRST_VAULT_KEY),
      ],
      rootEntry,
    };
  }

  return {
    requireIdentity,
    requireSigningKey,
    checkFirst,

    /** The account's first keys, all or nothing. @throws AppError "bad-request", "keys-exist". */
    async publishFirst(session: Session, first: FirstKeys, client: Client): Promise<void> {
      const account = session.accountId;
      if (!(await keys.insertFirst(account, await checkFirst(account, first), clock())))
        throw new AppError("keys-exist");
      await sessions.setDevice(session, first.device.id);
      await journal.record("keys-made", "ok", client, account);
    },

    /** Another browser that opened the vault. @throws AppError "bad-request", "conflict". */
    async addDevice(session: Session, device: NewDevice, client: Client): Promise<void> {
      const account = session.accountId;
      const { vaultKeyVersion } = await requireIdentity(account);
      const certificate = await requireCertificate(device.certificate, await requireSigningKey(account), {
        account,
        keyType: "device",
      });
      const box = await vaultKeyBox(device.box, certificate, vaultKeyVersion);
      if (!(await vaults.insertDevice(account, deviceRow(device), box, clock())))
        throw new AppError("conflict");
      await sessions.setDevice(session, device.id);
      await journal.record("device-added", "ok", client, account);
    },

    /** Ties this session to a device it already is. @throws AppError "not-found", also where it is another. */
    async useDevice(session: Session, device: DeviceId): Promise<void> {
      if (!(await keys.findDevice(session.accountId, device)))
        throw new AppError("not-found", "no such device");
      if (!(await sessions.keepDevice(session, device))) throw new AppError("not-found", "another device");
    },

    /**
     * A page of the vault, with what opens it.
     * @param after the last entry of the page before
     * @param only these of them
     */
    async vault({ accountId }: Session, after?: Id, only?: readonly Id[]) {
      const page = await vaults.readPage(accountId, { after, only }, VAULT_PAGE + 1);
      if (!page) throw new AppError("not-found", "no keys yet");
      const { identityKey, vaultKeyVersion, renewalDue, boxes, entries } = page;
      return {
        identityKey,
        vaultKeyVersion,
        renewal: { due: renewalDue, months: policies.current().keyRenewalMonths },
        boxes,
        entries: entries.slice(0, VAULT_PAGE),
        more: entries.length > VAULT_PAGE,
      };
    },

    /** @throws AppError "conflict" when the counter is not the next one: another device wrote first. */
    async putVaultEntry({ accountId }: Session, entry: VaultEntryRow): Promise<void> {
      requireEntryHeader(entry);
      if (!(await vaults.putEntry(accountId, entry))) throw new AppError("conflict");
      const written = { entry: entry.id as VaultEntryId, counter: entry.counter };
      publish({ type: "vault-entry", account: accountId, ...written });
    },

    /** How often the entries of a vault were written in all: by it a browser finds out whether it missed some. */
    vaultWrites: ({ accountId }: Pick<Session, "accountId">): Promise<number> =>
      vaults.countWrites(accountId),

    /** What is needed to write to people and to verify what they signed; without those who never had keys. */
    async publicKeys(accounts: readonly AccountId[]): Promise<Map<AccountId, PublicKeys>> {
      const found = new Map<AccountId, PublicKeys>();
      for (const [account, published] of await keys.published(accounts)) {
        const theirs = publicKeysOf(published);
        if (theirs) found.set(account, theirs);
      }
      return found;
    },

    /**
     * Whether each box carries a conversation key, or a report's, for its account's newest transport key, or for the one
     * it replaced a moment ago: the sender may have asked before. One question for a room of a thousand.
     */
    async areForTransportKeys(
      boxes: readonly { account: AccountId; box: Bytes }[],
      purpose: "conversation-key" | "report-key" = "conversation-key",
    ): Promise<boolean> {
      if (boxes.length === 0) return true;
      const accounts = [...new Set(boxes.map(({ account }) => account))];
      const found = await keys.certificatesOf(accounts, KEY_TYPE.encode("transport"));
      const accepted = new Map<AccountId, Bytes[]>();
      for (const [account, rows] of found) {
        const [newest, replaced] = rows.toReversed();
        const lately = newest && clock() - newest.createdAt < REPLACED_KEY_MS;
        const current = [newest, lately ? replaced : undefined].filter((row) => row !== undefined);
        accepted.set(
          account,
          await Promise.all(current.map(({ bytes }) => keyId(parseCertificate(bytes).publicKey))),
        );
      }
      // Without any key the account is gone, and still a member: its box is for nobody.
      return boxes.every(
        ({ account, box }) =>
          accepted.get(account)?.some((recipient) => isBoxFor(box, recipient, purpose)) ??
          purpose === "conversation-key",
      );
    },

    /** Whether each is the hash of a signing certificate of its account. */
    async areSigningCertificates(
      members: readonly { account: AccountId; certificateHash: Bytes }[],
    ): Promise<boolean> {
      if (members.length === 0) return true;
      const accounts = members.map(({ account }) => account);
      const found = await keys.certificatesOf(accounts, KEY_TYPE.encode("signing"));
      for (const { account, certificateHash: hash } of members) {
        const hashes = await Promise.all(
          (found.get(account) ?? []).map(({ bytes }) => certificateHash(bytes)),
        );
        if (!hashes.some((one) => equalBytes(one, hash))) return false;
      }
      return true;
    },

    /** Whether no renewal has replaced the signing certificate with this hash. */
    async isNewestSigningCertificate(account: AccountId, hash: Bytes): Promise<boolean> {
      const newest = (await keys.certificates(account, KEY_TYPE.encode("signing"))).at(-1);
      return newest !== undefined && equalBytes(await certificateHash(newest.bytes), hash);
    },

    /** Whether a box hands the vault key to a browser that is being linked. */
    isLinkBox: async (box: Bytes, deviceKey: Bytes): Promise<boolean> =>
      isBoxFor(box, await keyId(deviceKey), "device-link"),

    /** The account's signing certificate with this hash; null when there is none. */
    async findSigningCertificate(account: AccountId, hash: Bytes): Promise<Bytes | null> {
      for (const { bytes } of await keys.certificates(account, KEY_TYPE.encode("signing"))) {
        if (equalBytes(await certificateHash(bytes), hash)) return bytes;
      }
      return null;
    },
  };
}

interface PublicKeys {
  identityKey: Bytes;
  signingCertificates: Bytes[];
  transportCertificate?: Bytes;
  former: FormerIdentity[];
}

function publicKeysOf({ identityKey, certificates, former }: PublishedKeys): PublicKeys | null {
  const ofType = (keyType: KeyType) =>
    certificates.filter((one) => one.keyType === KEY_TYPE.encode(keyType)).map(({ bytes }) => bytes);
  const transportCertificate = ofType("transport").at(-1);
  if (identityKey && transportCertificate)
    return { identityKey, signingCertificates: ofType("signing"), transportCertificate, former };
  // Of a deleted account the signatures can still be verified.
  const last = former.at(-1);
  return last ? { ...last, former: former.slice(0, -1) } : null;
}

export type KeyService = ReturnType<typeof createKeyService>;

function deviceRow({ id, name, certificate }: NewDevice): DeviceRow {
  return { id, name, certificate };
}
