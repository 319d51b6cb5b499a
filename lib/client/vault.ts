import type { z } from "zod/mini";
import { type Bytes, equalBytes } from "../base/bytes.ts";
import { toBase64url } from "../base/encoding.ts";
import { type AccountId, type ConversationId, idToBytes } from "../base/ids.ts";
import { CryptoError } from "../crypto/errors.ts";
import { type ConversationKey, secretKeyFrom, type VaultKey } from "../crypto/keys.ts";
import { type BoxKey, openBox } from "../crypto/sealed-box.ts";
import { importSigningKey } from "../crypto/signature.ts";
import { conversationKeyEntryId, openVaultEntry, sealVaultEntry } from "../crypto/vault.ts";
import { AppError } from "../protocol/errors.ts";
import { vaultAnswer } from "../protocol/http/keys.ts";
import type { BoxPurpose } from "../protocol/layout/box.ts";
import { ROOT_ENTRY, type VaultEntryId } from "../protocol/layout/vault-entry.ts";
import type { Api } from "./api.ts";
import type { Storage } from "./platform.ts";
import { decodeVaultRoot, encodeVaultRoot, type VaultRoot } from "./vault-root.ts";

type VaultAnswer = z.infer<typeof vaultAnswer>;

/** Another device wrote first: fetch, merge, write again. */
const WRITE_TRIES = 5;

/** The account's secrets, opened. What is changed here is on the server, encrypted, before it counts. */
export interface Vault {
  readonly account: AccountId;
  /** IK's public key: whose vault it is. */
  readonly identityKey: Bytes;
  readonly key: VaultKey;
  readonly keyVersion: number;
  root(): VaultRoot;
  /** `change` may run more than once. */
  updateRoot(change: (root: VaultRoot) => VaultRoot): Promise<void>;
  /** Opened content of an entry; null while there is none. */
  read(entry: VaultEntryId): Bytes | null;
  /** `change` sees what is there by then, and may run more than once: what another device wrote is merged, not lost. */
  update(entry: VaultEntryId, change: (before: Bytes | null) => Bytes): Promise<void>;
  /** Looks for what other devices wrote. */
  refresh(): Promise<void>;
  findConversationKey(conversation: ConversationId, keyEpoch: number): Promise<ConversationKey | null>;
  saveConversationKey(conversation: ConversationId, keyEpoch: number, key: ConversationKey): Promise<void>;
}

export function fetchVault(api: Api): Promise<VaultAnswer> {
  return api.get("/api/vault", vaultAnswer);
}

/**
 * The vault key out of the box for `key` (a device's or the recovery key).
 * @returns null when no box is for this key. @throws CryptoError when it is, but broken
 */
export async function openVaultKey(
  answer: VaultAnswer,
  account: AccountId,
  key: BoxKey,
  purpose: BoxPurpose,
): Promise<VaultKey | null> {
  const context = { purpose, account, object: idToBytes(account), epoch: answer.vaultKeyVersion };
  for (const box of answer.boxes) {
    const opened = await openBox(key, context, box);
    if (opened) return secretKeyFrom<VaultKey>(opened);
  }
  return null;
}

/**
 * @param seen the counters of `storage`, read before `answer` was asked for: another tab may write in between
 * @throws CryptoError "rolled-back", "open-failed", "malformed"; AppError as the API does
 */
export async function openVault(
  api: Api,
  storage: Storage,
  account: AccountId,
  key: VaultKey,
  answer: VaultAnswer,
  seen: ReadonlyMap<string, number>,
): Promise<Vault> {
  const { identityKey, vaultKeyVersion: keyVersion } = answer;
  const entries = new Map<VaultEntryId, { counter: number; plaintext: Bytes }>();
  let writing: Promise<unknown> = Promise.resolve();

  async function open(entry: VaultEntryId, ciphertext: Uint8Array, lowest: number): Promise<void> {
    const place = { account, entry, keyVersion };
    const opened = await openVaultEntry(key, place, lowest, ciphertext);
    // What was asked for before a write of one's own says what was there before it.
    if (opened.counter < (entries.get(entry)?.counter ?? 0)) return;
    entries.set(entry, opened);
    await storage.raiseCounter(account, counterName(identityKey, entry), opened.counter);
  }

  /** @param seen the counters as they were known before the answer was asked for */
  async function openAll({ entries: sealed }: VaultAnswer, seen: ReadonlyMap<string, number>): Promise<void> {
    const missing = new Set([...seen.keys()].filter((name) => name.startsWith(counterName(identityKey, ""))));
    for (const { id, ciphertext } of sealed) {
      const name = counterName(identityKey, id);
      missing.delete(name);
      await open(id as VaultEntryId, ciphertext, seen.get(name) ?? 0);
    }
    // Entries are never removed: an account that met somebody would meet them anew, and believe the server again.
    if (missing.size > 0) throw new CryptoError("rolled-back", `${missing.size} entries are gone`);
  }

  /** One after the other: conversations that are opened together all want to write down whom they met. */
  function write(entry: VaultEntryId, change: (before: Bytes | null) => Bytes): Promise<void> {
    const written = writing.then(() => writeNow(entry, change));
    writing = written.catch(() => {});
    return written;
  }

  async function writeNow(entry: VaultEntryId, change: (before: Bytes | null) => Bytes): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      const before = entries.get(entry);
      const plaintext = change(before?.plaintext ?? null);
      if (before && equalBytes(before.plaintext, plaintext)) return;
      const counter = (before?.counter ?? 0) + 1;
      const ciphertext = await sealVaultEntry(key, { account, entry, keyVersion }, counter, plaintext);
      try {
        await api.send("PUT", `/api/vault/${entry}`, { counter, vaultKeyVersion: keyVersion, ciphertext });
        entries.set(entry, { counter, plaintext });
        await storage.raiseCounter(account, counterName(identityKey, entry), counter);
        return;
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== "conflict" || attempt === WRITE_TRIES) throw error;
        await refresh();
      }
    }
  }

  async function refresh(): Promise<void> {
    const known = await storage.seenCounters(account);
    await openAll(await fetchVault(api), known);
  }

  await openAll(answer, seen);
  const root = () => {
    const entry = entries.get(ROOT_ENTRY);
    if (!entry) throw new CryptoError("rolled-back", "no root entry");
    return decodeVaultRoot(entry.plaintext);
  };
  await requireIdentity(root(), answer.identityKey);

  return {
    account,
    identityKey,
    key,
    keyVersion,
    root,
    read: (entry) => entries.get(entry)?.plaintext ?? null,
    update: write,
    refresh,
    updateRoot: (change) =>
      write(ROOT_ENTRY, (before) => encodeVaultRoot(change(before ? decodeVaultRoot(before) : root()))),
    async findConversationKey(conversation, keyEpoch) {
      const entry = entries.get(await conversationKeyEntryId(conversation, keyEpoch));
      return entry ? secretKeyFrom<ConversationKey>(entry.plaintext) : null;
    },
    async saveConversationKey(conversation, keyEpoch, conversationKey) {
      // A key epoch has one key; whatever another device wrote is the same.
      await write(
        await conversationKeyEntryId(conversation, keyEpoch),
        (before) => before ?? conversationKey,
      );
    },
  };
}

/** An identity reset begins a new vault, whose counters have nothing to do with those of the one before. */
function counterName(identityKey: Bytes, entry: string): string {
  return `${toBase64url(identityKey)} ${entry}`;
}

/** The server's public identity key is the one this vault holds: else it is not this account's vault. */
async function requireIdentity(root: VaultRoot, published: Bytes): Promise<void> {
  const { publicKey } = await importSigningKey(root.identitySeed);
  if (!equalBytes(publicKey, published)) throw new CryptoError("wrong-certificate", "another identity key");
}
