import { type Bytes, u64 } from "../../base/bytes.ts";
import { fromBase64url, toBase64url } from "../../base/encoding.ts";
import {
  type AccountId,
  type ConversationId,
  type DeviceId,
  type FileId,
  idFromBytes,
  idToBytes,
  type MessageId,
} from "../../base/ids.ts";
import { ROOT_ENTRY } from "../../protocol/layout/vault-entry.ts";
import { certificateHash, issueCertificate } from "../certificate.ts";
import { acceptRecord } from "../chain.ts";
import { directConversationId } from "../direct-conversation.ts";
import { openWholeFile } from "../file.ts";
import { safetyNumber } from "../fingerprint.ts";
import { keyCommitment } from "../key-commitment.ts";
import { keyId } from "../key-id.ts";
import type { BoxSeed, ConversationKey, FileKey, RecoverySecret, SigningSeed, VaultKey } from "../keys.ts";
import { openMessage } from "../message.ts";
import { formatRecoveryCode, recoveryBoxKey, recoveryPsk, recoverySeed } from "../recovery.ts";
import { boxKeyFromSeed, openBox } from "../sealed-box.ts";
import { importSigningKey } from "../signature.ts";
import { extendTranscript, initialTranscript } from "../transcript.ts";
import { conversationKeyEntryId, openVaultEntry } from "../vault.ts";
import { openVaultKeyBox } from "../vault-key-box.ts";
import { KNOWN_ANSWERS } from "./known-answers.ts";
import { requireBytes, requireEqual, type Suite } from "./portable.ts";

/** Every input is a repeated byte, so that the values are easy to reproduce elsewhere. */
export function repeated<T extends Bytes = Bytes>(byte: number, length = 32): T {
  return new Uint8Array(length).fill(byte) as Bytes as T;
}

export const ALICE = idFromBytes<AccountId>(repeated(0xa1, 16));
export const BOB = idFromBytes<AccountId>(repeated(0xb0, 16));
export const DEVICE = idFromBytes<DeviceId>(repeated(0xde, 16));
export const MESSAGE = idFromBytes<MessageId>(repeated(0x3e, 16));
export const CONVERSATION_KEY = repeated<ConversationKey>(5);
export const VAULT_KEY = repeated<VaultKey>(6);
export const BOX_SEED = repeated<BoxSeed>(7);
export const CONTENT = repeated(9, 11);
export const FILE_KEY = repeated<FileKey>(10);

export async function fileContext() {
  const conversation = await directConversationId(ALICE, BOB);
  return { conversation, sender: ALICE, file: idFromBytes<FileId>(repeated(0xf1, 16)) };
}

/** Alice's signing certificate; Ed25519 has no randomness, so it always has the same bytes. */
export async function aliceKeys() {
  const identity = await importSigningKey(repeated<SigningSeed>(1));
  const signing = await importSigningKey(repeated<SigningSeed>(2));
  const body = {
    account: ALICE,
    keyType: "signing",
    epoch: 1,
    publicKey: signing.publicKey,
    notBefore: 1000,
  } as const;
  const certificate = await issueCertificate(identity, body);
  return { identity, signing, certificate, hash: await certificateHash(certificate) };
}

function stored(name: keyof typeof KNOWN_ANSWERS): Bytes {
  const bytes = fromBase64url(KNOWN_ANSWERS[name]);
  if (!bytes) throw new Error(`known answer ${name} is not base64url`);
  return bytes;
}

async function* storedFile(): AsyncGenerator<Bytes> {
  yield stored("file");
}

/** The formats of version 1, frozen: what is stored on servers must open for ever. */
export const knownAnswerSuite: Suite = {
  name: "known answers",
  cases: {
    "names and derived keys stay": async () => {
      const conversation = await directConversationId(ALICE, BOB);
      const { publicKey } = await boxKeyFromSeed(BOX_SEED);
      requireEqual(conversation, KNOWN_ANSWERS.directConversation);
      requireEqual(await conversationKeyEntryId(conversation, 1), KNOWN_ANSWERS.conversationKeyEntry);
      requireBytes(await keyId(publicKey), stored("boxKeyId"));
      requireBytes(await keyCommitment(CONVERSATION_KEY, conversation, 1), stored("keyCommitment"));
      requireBytes(await recoverySeed(repeated<RecoverySecret>(8)), stored("recoverySeed"));
      requireBytes(await recoveryPsk(repeated<RecoverySecret>(8)), stored("recoveryPsk"));
      const transcript = await extendTranscript(await initialTranscript(conversation), repeated(3));
      requireBytes(transcript, stored("transcript"));
      requireEqual(await formatRecoveryCode(repeated<RecoverySecret>(8)), KNOWN_ANSWERS.recoveryCode);
      const people = [ALICE, BOB].map((account, i) => ({ account, identityKey: repeated(i) })) as Pair;
      requireEqual((await safetyNumber(...people)).join(" "), KNOWN_ANSWERS.safetyNumber);
    },
    "a certificate has its bytes": async () => {
      const { certificate } = await aliceKeys();
      requireEqual(toBase64url(certificate), KNOWN_ANSWERS.certificate);
    },
    "a stored box opens": async () => {
      const key = await boxKeyFromSeed(BOX_SEED);
      const object = idToBytes(await directConversationId(ALICE, BOB));
      const context = { purpose: "conversation-key", account: ALICE, object, epoch: 1 } as const;
      requireBytes(await openBox(key, context, stored("box")), CONVERSATION_KEY);
    },
    "a stored box of the vault key opens with the recovery code": async () => {
      const key = await recoveryBoxKey(repeated<RecoverySecret>(8));
      const place = { account: ALICE, keyVersion: 1, psk: key.psk };
      requireBytes(await openVaultKeyBox(key, place, stored("recoveryBox")), VAULT_KEY);
    },
    "a stored record and the envelope under it open": async () => {
      const { signing, hash } = await aliceKeys();
      const findSigningKey = (account: AccountId) => (account === ALICE ? signing.publicKey : null);
      const { state } = await acceptRecord(null, stored("record"), findSigningKey);
      requireBytes(state.members.get(ALICE)?.certificateHash ?? null, hash);
      const opened = await openMessage(stored("envelope"), {
        conversation: KNOWN_ANSWERS.directConversation as ConversationId,
        findState: () => state,
        findConversationKey: () => CONVERSATION_KEY,
        findSigningKey,
      });
      requireBytes(opened.content, CONTENT);
      requireEqual(opened.device, DEVICE);
      requireEqual(opened.header.message, MESSAGE);
      requireBytes(u64(opened.sentAt), u64(1000));
    },
    "a stored vault entry opens": async () => {
      const place = { account: ALICE, entry: ROOT_ENTRY, keyVersion: 1 };
      const { counter, plaintext } = await openVaultEntry(VAULT_KEY, place, 0, stored("vaultEntry"));
      requireEqual(counter, 1);
      requireBytes(plaintext, CONTENT);
    },
    "a stored file opens": async () => {
      const seal = { key: FILE_KEY, size: CONTENT.length, hash: stored("fileHash") };
      requireBytes(await openWholeFile(seal, await fileContext(), storedFile()), CONTENT);
    },
  },
};

type Identity = { readonly account: AccountId; readonly identityKey: Bytes };
type Pair = [Identity, Identity];
