import { type Bytes, equalBytes } from "../base/bytes.ts";
import type { AccountId } from "../base/ids.ts";
import { type ConversationRecord, parseRecord, type RecordBody } from "../protocol/layout/record.ts";
import { HASH_BYTES } from "../protocol/layout/sizes.ts";
import { isLeaving, requireAllowed } from "./chain-rules.ts";
import type { ChainState } from "./chain-state.ts";
import { directConversationId } from "./direct-conversation.ts";
import { CryptoError, parseWith } from "./errors.ts";
import { applyBans, applyChanges, membersHash } from "./members.ts";
import { verifySignature } from "./signature.ts";
import { sha256 } from "./webcrypto.ts";

/** A record that continues the chain, and the state after it. */
export interface ChainLink {
  readonly record: ConversationRecord;
  readonly state: ChainState;
}

/**
 * The Ed25519 public key of the signing certificate with this hash, once it is verified under the account's
 * identity key (on a client: the pinned one); null when there is none.
 */
export type FindSigningKey = (
  account: AccountId,
  certificateHash: Bytes,
) => Promise<Bytes | null> | Bytes | null;

/**
 * Accepts one more record, or the first (`previous` null). Boxes are judged apart: see box-list.ts.
 * @throws CryptoError `malformed`, `unsupported-version`, `wrong-chain`, `not-allowed`, `wrong-certificate`,
 * `unknown-signer`, `bad-signature`
 */
export async function acceptRecord(
  previous: ChainState | null,
  bytes: Uint8Array,
  findSigningKey: FindSigningKey,
): Promise<ChainLink> {
  const link = await continueChain(previous, bytes);
  const { author, authorCertificate, signed, signature } = link.record;
  const key = await findSigningKey(author, authorCertificate);
  if (!key) throw new CryptoError("unknown-signer", `no certificate of ${author}`);
  if (!(await verifySignature(key, signed, signature))) throw new CryptoError("bad-signature", "record");
  return link;
}

/** Everything that acceptRecord checks but the signature; the author's own side of it. */
export async function continueChain(previous: ChainState | null, bytes: Uint8Array): Promise<ChainLink> {
  const record = parseWith(parseRecord, bytes);
  if (previous) requireSuccessor(previous, record);
  else await requireFirst(record);
  const before = previous?.members ?? new Map();
  const members = applyChanges(before, record.changes);
  const banned = applyBans(previous?.banned ?? new Set(), record.changes);
  requireAllowed(previous, record, members);
  if (!equalBytes(record.membersHash, await membersHash(members)))
    throw new CryptoError("wrong-chain", "members hash");
  const author = members.get(record.author) ?? before.get(record.author);
  if (!author || !equalBytes(record.authorCertificate, author.certificateHash)) {
    throw new CryptoError("wrong-certificate", "not the author's listed certificate");
  }
  const { conversation, type, number, keyEpoch, keyCommitment, policy, time } = record;
  const rotates = !previous || keyEpoch !== previous.keyEpoch;
  return {
    record,
    state: {
      conversation,
      type,
      number,
      head: await recordHash(bytes),
      keyEpoch,
      keyCommitment,
      keyEpochTime: rotates ? time : previous.keyEpochTime,
      rotationDue: isLeaving(record) || (!rotates && previous.rotationDue),
      policy,
      members,
      banned,
    },
  };
}

/** SHA-256 of the whole record, signature included. */
export function recordHash(bytes: Uint8Array): Promise<Bytes> {
  return sha256(bytes);
}

/** Whether a record of this kind starts a new key epoch. */
export function startsKeyEpoch(record: Pick<RecordBody, "kind" | "changes" | "author">): boolean {
  return (
    ["create", "rotate", "succession"].includes(record.kind) ||
    (record.kind === "remove" && !isLeaving(record))
  );
}

async function requireFirst(record: ConversationRecord): Promise<void> {
  requireChain(
    record.number === 1 && equalBytes(record.previous, new Uint8Array(HASH_BYTES)),
    "not a first record",
  );
  requireChain(record.keyEpoch === 1, "the first key epoch is 1");
  if (record.type !== "direct") return;
  const [a, b, ...others] = record.changes;
  requireChain(others.length === 0, "more than two members");
  const expected = a && b && (await directConversationId(a.account, b.account));
  requireChain(record.conversation === expected, "not the id of these two members");
}

function requireSuccessor(previous: ChainState, record: ConversationRecord): void {
  requireChain(record.conversation === previous.conversation, "another conversation");
  requireChain(record.type === previous.type, "the type never changes");
  requireChain(record.number === previous.number + 1, `record ${record.number} after ${previous.number}`);
  requireChain(equalBytes(record.previous, previous.head), "does not follow the record before");
  const keepsKey = !startsKeyEpoch(record);
  requireChain(record.keyEpoch === previous.keyEpoch + (keepsKey ? 0 : 1), `key epoch ${record.keyEpoch}`);
  const sameCommitment = equalBytes(record.keyCommitment, previous.keyCommitment);
  requireChain(sameCommitment === keepsKey, "key commitment and key epoch disagree");
}

function requireChain(condition: boolean, otherwise: string): void {
  if (!condition) throw new CryptoError("wrong-chain", otherwise);
}
