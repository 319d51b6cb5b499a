import type { z } from "zod/mini";
import { type Bytes, equalBytes } from "../base/bytes.ts";
import { toBase64url } from "../base/encoding.ts";
import type { AccountId, ConversationId } from "../base/ids.ts";
import { oneByOne } from "../base/one-by-one.ts";
import { CryptoError } from "../crypto/errors.ts";
import { type ConversationKey, type RecoveryPsk, secretKeyFrom, type VaultKey } from "../crypto/keys.ts";
import type { BoxKey } from "../crypto/sealed-box.ts";
import { importSigningKey } from "../crypto/signature.ts";
import { conversationKeyEntryId, openVaultEntry, sealVaultEntry, vaultMark } from "../crypto/vault.ts";
import { openVaultKeyBox } from "../crypto/vault-key-box.ts";
import { AppError } from "../protocol/errors.ts";
import { vaultAnswer } from "../protocol/http/keys.ts";
import { ROOT_ENTRY, type VaultEntryId } from "../protocol/layout/vault-entry.ts";
import { LIMITS } from "../protocol/limits.ts";
import type { Api } from "./api.ts";
import type { Storage } from "./platform.ts";
import { decodeVaultRoot, encodeVaultRoot, type VaultRoot } from "./vault-root.ts";

export type VaultAnswer = z.infer<typeof vaultAnswer>;
type Counters = ReadonlyMap<string, number>;

/** In place of a conversation key: entries are never removed. */
const ENDED: Bytes = new Uint8Array(0);
/** Another device wrote first: fetch, merge, write again. */
const WRITE_TRIES = 5;
/** A renewal takes longer than reading: more than one while it is read is no renewal. */
const READ_TRIES = 5;

export interface VaultEntry {
  readonly counter: number;
  readonly plaintext: Bytes;
}

/** The account's secrets, opened. What is changed here is on the server, encrypted, before it counts. */
export interface Vault {
  readonly account: AccountId;
  /** IK's public key: whose vault it is. */
  readonly identityKey: Bytes;
  /** Of the newest version that is known here: a renewal, here or elsewhere, is followed. */
  readonly key: VaultKey;
  readonly keyVersion: number;
  /** As the server has it: whether a removed device knows the key, and after how many months it is renewed anyway. */
  readonly renewal: VaultAnswer["renewal"];
  readonly entries: ReadonlyMap<VaultEntryId, VaultEntry>;
  root(): VaultRoot;
  /** `change` may run more than once. */
  updateRoot(change: (root: VaultRoot) => VaultRoot): Promise<void>;
  /** Opened content of an entry; null while there is none. */
  read(entry: VaultEntryId): Bytes | null;
  /**
   * `change` sees what is there by then, and may run more than once: what another device wrote is merged, not lost.
   * Null leaves it as it is.
   */
  update(entry: VaultEntryId, change: (before: Bytes | null) => Bytes | null): Promise<void>;
  /** Looks for what other devices wrote, under a new key too. */
  refresh(): Promise<void>;
  /** An entry was written, by another device perhaps: fetched where it is not known here yet. */
  follow(entry: VaultEntryId, counter: number): Promise<void>;
  /** Something was missed where the server counts more writes than are known here. */
  followAll(writes: number): Promise<void>;
  /** Calls back when what other devices wrote was taken in. @returns ends it */
  onChange(listener: () => void): () => void;
  /** Nothing is written from here while `work` runs. It must not write by the vault itself. */
  hold<T>(work: () => Promise<T>): Promise<T>;
  findConversationKey(conversation: ConversationId, keyEpoch: number): Promise<ConversationKey | null>;
  saveConversationKey(conversation: ConversationId, keyEpoch: number, key: ConversationKey): Promise<void>;
  /** Its messages are over: nothing stands in its place from then on, and stays there. */
  endConversationKey(conversation: ConversationId, keyEpoch: number): Promise<void>;
  isConversationKeyEnded(conversation: ConversationId, keyEpoch: number): Promise<boolean>;
}

/** All pages of it, as of one vault key. @throws AppError "unavailable" where the server tells of another one each time */
export async function fetchVault(api: Api): Promise<VaultAnswer> {
  for (let attempt = 0; attempt < READ_TRIES; attempt++) {
    const answer = await readPages(api);
    if (answer) return answer;
  }
  throw new AppError("unavailable", "a vault that does not hold still");
}

/** Null when the vault was renewed in between. @throws AppError "internal" for pages that lead nowhere */
async function readPages(api: Api): Promise<VaultAnswer | null> {
  const first = await api.get("/api/vault", vaultAnswer);
  const entries = [...first.entries];
  for (let page = first; page.more; ) {
    const last = page.entries.at(-1)?.id;
    if (last === undefined) throw new AppError("internal", "a page of the vault without entries");
    page = await api.get(`/api/vault?after=${last}`, vaultAnswer);
    if (page.vaultKeyVersion !== first.vaultKeyVersion) return null;
    entries.push(...page.entries);
  }
  return { ...first, entries };
}

/**
 * The vault key out of the box for `key`: a device's, or with `psk` the recovery key.
 * @returns null when no box is for this key. @throws CryptoError when it is, but broken
 */
export async function openVaultKey(
  answer: VaultAnswer,
  account: AccountId,
  key: BoxKey & { readonly psk?: RecoveryPsk },
): Promise<VaultKey | null> {
  const place = { account, keyVersion: answer.vaultKeyVersion, psk: key.psk };
  for (const box of answer.boxes) {
    const opened = await openVaultKeyBox(key, place, box);
    if (opened) return opened;
  }
  return null;
}

/**
 * @param seen the counters of `storage`, read before `answer` was asked for: another tab may write in between
 * @param openNext opens the key of a later version, once the vault is renewed; null where this browser cannot
 * @throws CryptoError "rolled-back", "open-failed", "malformed"; AppError as the API does
 */
export async function openVault(
  api: Api,
  storage: Storage,
  account: AccountId,
  key: VaultKey,
  answer: VaultAnswer,
  seen: Counters,
  openNext: (answer: VaultAnswer) => Promise<VaultKey | null> = async () => null,
): Promise<Vault> {
  const { identityKey } = answer;
  const entries = new Map<VaultEntryId, VaultEntry>();
  let current = { key, keyVersion: answer.vaultKeyVersion, renewal: answer.renewal };
  /** Conversations that are opened together all want to write down whom they met. */
  const hold = oneByOne();
  /** Of two answers that cross, the older one would look like a rollback. */
  const inOrder = oneByOne();
  /** Entries that were written, with their counters then, as the server told. */
  const told = new Map<VaultEntryId, number>();
  const listeners = new Set<() => void>();
  let root: { readonly from: Bytes; readonly decoded: VaultRoot } | null = null;

  /** All of it or nothing. @param seen the counters as they were known before the answer was asked for */
  async function openAll(answer: VaultAnswer, seen: Counters): Promise<void> {
    const { vaultKeyVersion: keyVersion, renewal } = answer;
    if (!equalBytes(answer.identityKey, identityKey))
      throw new CryptoError("wrong-certificate", "another identity key");
    const key = keyVersion === current.keyVersion ? current.key : await openNext(answer);
    if (!key) throw new CryptoError("open-failed", "the vault key is sealed to others");
    const missing = new Set([...seen.keys()].filter((name) => name.startsWith(counterName(identityKey, ""))));
    const opened = await openEach(answer, key, seen);
    for (const { name } of opened) missing.delete(name);
    // Anybody can seal a key to this browser: only whoever knows the identity's seed made what this one opens.
    const root = opened.find(({ entry }) => entry === ROOT_ENTRY);
    if (!root) throw new CryptoError("rolled-back", "no root entry");
    await requireIdentity(decodeVaultRoot(root.plaintext), identityKey);
    // Entries are never removed: an account that met somebody would meet them anew, and believe the server again.
    if (missing.size > 0) throw new CryptoError("rolled-back", `${missing.size} entries are gone`);
    current = { key, keyVersion, renewal };
    await take(opened, seen);
  }

  function openEach({ vaultKeyVersion: keyVersion, entries }: VaultAnswer, key: VaultKey, seen: Counters) {
    return Promise.all(
      entries.map(async ({ id, ciphertext }) => {
        const entry = id as VaultEntryId;
        const name = counterName(identityKey, id);
        const place = { account, entry, keyVersion };
        const opened = await openVaultEntry(
          key,
          place,
          seen.get(name) ?? 0,
          ciphertext,
          seen.get(`=${name}`),
        );
        return { entry, name, ...opened };
      }),
    );
  }

  async function take(opened: Awaited<ReturnType<typeof openEach>>, seen: Counters): Promise<void> {
    for (const { entry, counter, plaintext } of opened) {
      // One's own write may have overtaken the answer. What is the same stays the same object.
      if (counter > (entries.get(entry)?.counter ?? 0)) entries.set(entry, { counter, plaintext });
    }
    await remember(opened.filter(({ name, mark }) => mark > (seen.get(`=${name}`) ?? 0)));
    for (const listener of listeners) listener();
  }

  /** Of each entry its counter and, under a name beside it, the mark of what stood there: earlier browsers kept no marks. */
  const remember = (written: readonly { name: string; counter: number; mark: number }[]) =>
    storage.raiseCounters(
      account,
      new Map(written.flatMap(({ name, counter, mark }) => [[name, counter] as const, [`=${name}`, mark]])),
    );

  /** Those that were told of and are not known yet, after one's own writes: most of what one hears of are those. */
  async function fetchTold(): Promise<void> {
    const wanted = [...told].filter(([entry, counter]) => (entries.get(entry)?.counter ?? 0) < counter);
    told.clear();
    if (wanted.length === 0) return;
    const seen = await storage.seenCounters(account);
    for (let i = 0; i < wanted.length; i += LIMITS.vaultEntriesAtOnce) {
      const ids = wanted.slice(i, i + LIMITS.vaultEntriesAtOnce).map(([entry]) => entry);
      const answer = await api.get(`/api/vault?entries=${ids.join(",")}`, vaultAnswer);
      if (answer.vaultKeyVersion !== current.keyVersion) return refresh();
      await take(await openEach(answer, current.key, seen), seen);
    }
  }

  async function write(entry: VaultEntryId, change: (before: Bytes | null) => Bytes | null): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      const before = entries.get(entry);
      const plaintext = change(before?.plaintext ?? null);
      if (!plaintext || (before && equalBytes(before.plaintext, plaintext))) return;
      const counter = (before?.counter ?? 0) + 1;
      const { key, keyVersion } = current;
      const ciphertext = await sealVaultEntry(key, { account, entry, keyVersion }, counter, plaintext);
      try {
        await api.send("PUT", `/api/vault/${entry}`, { counter, vaultKeyVersion: keyVersion, ciphertext });
        entries.set(entry, { counter, plaintext });
        const name = counterName(identityKey, entry);
        await remember([{ name, counter, mark: vaultMark(counter, ciphertext) }]);
        return;
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== "conflict" || attempt === WRITE_TRIES) throw error;
        await refresh();
      }
    }
  }

  function refresh(): Promise<void> {
    return inOrder(async () => {
      const known = await storage.seenCounters(account);
      await openAll(await fetchVault(api), known);
    });
  }

  function readRoot(): VaultRoot {
    const entry = entries.get(ROOT_ENTRY);
    if (!entry) throw new CryptoError("rolled-back", "no root entry");
    if (root?.from !== entry.plaintext)
      root = { from: entry.plaintext, decoded: decodeVaultRoot(entry.plaintext) };
    return root.decoded;
  }

  await openAll(answer, seen);

  return {
    account,
    identityKey,
    get key() {
      return current.key;
    },
    get keyVersion() {
      return current.keyVersion;
    },
    get renewal() {
      return current.renewal;
    },
    entries,
    root: readRoot,
    read: (entry) => entries.get(entry)?.plaintext ?? null,
    update: (entry, change) => hold(() => write(entry, change)),
    refresh,
    hold,
    async follow(entry, counter) {
      told.set(entry, Math.max(counter, told.get(entry) ?? 0));
      await hold(fetchTold);
    },
    followAll: (writes) =>
      hold(async () => {
        let known = 0;
        for (const { counter } of entries.values()) known += counter;
        if (known !== writes) await refresh();
      }),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    updateRoot: (change) => hold(() => write(ROOT_ENTRY, () => encodeVaultRoot(change(readRoot())))),
    async findConversationKey(conversation, keyEpoch) {
      const entry = entries.get(await conversationKeyEntryId(conversation, keyEpoch));
      return entry?.plaintext.length ? secretKeyFrom<ConversationKey>(entry.plaintext) : null;
    },
    async saveConversationKey(conversation, keyEpoch, conversationKey) {
      const entry = await conversationKeyEntryId(conversation, keyEpoch);
      // A key epoch has one key; whatever another device wrote is the same, or says that it has ended.
      await hold(() => write(entry, (before) => before ?? conversationKey));
    },
    async endConversationKey(conversation, keyEpoch) {
      const entry = await conversationKeyEntryId(conversation, keyEpoch);
      await hold(() => write(entry, () => ENDED));
    },
    async isConversationKeyEnded(conversation, keyEpoch) {
      return entries.get(await conversationKeyEntryId(conversation, keyEpoch))?.plaintext.length === 0;
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
