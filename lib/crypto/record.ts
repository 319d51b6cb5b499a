import type { Bytes } from "../base/bytes.ts";
import type { AccountId, ConversationId } from "../base/ids.ts";
import type { Member, MemberChange } from "../protocol/layout/member-change.ts";
import type { Policy } from "../protocol/layout/policy.ts";
import {
  type ConversationType,
  encodeRecord,
  encodeRecordBody,
  type RecordBody,
  type RecordKind,
} from "../protocol/layout/record.ts";
import { HASH_BYTES } from "../protocol/layout/sizes.ts";
import { type BoxListEntry, boxListHash, requireBoxList } from "./box-list.ts";
import { type ChainLink, continueChain, startsKeyEpoch } from "./chain.ts";
import type { ChainState } from "./chain-state.ts";
import { applyChanges, membersHash } from "./members.ts";
import { type SigningKey, sign } from "./signature.ts";

/** Who writes a record: the certificate is the one of `key`. */
export interface RecordAuthor {
  readonly account: AccountId;
  readonly certificateHash: Bytes;
  readonly key: SigningKey;
}

export interface NewConversation {
  readonly conversation: ConversationId;
  readonly type: ConversationType;
  readonly members: ReadonlyMap<AccountId, Member>;
  readonly policy: Policy;
  readonly keyCommitment: Bytes;
  readonly boxes: readonly BoxListEntry[];
  readonly time: number;
}

/** What differs from the state before; what is absent stays. `keyCommitment` goes with a new conversation key. */
export interface RecordDraft {
  readonly kind: Exclude<RecordKind, "create">;
  readonly changes?: readonly MemberChange[];
  readonly policy?: Policy;
  readonly keyCommitment?: Bytes;
  readonly boxes?: readonly BoxListEntry[];
  readonly time: number;
}

export interface SignedRecord extends ChainLink {
  readonly bytes: Bytes;
}

/** The first record of a conversation. @throws CryptoError as acceptRecord and requireBoxList would */
export async function createConversation(
  draft: NewConversation,
  author: RecordAuthor,
): Promise<SignedRecord> {
  const { conversation, type, members, policy, keyCommitment, boxes, time } = draft;
  const body: RecordBody = {
    conversation,
    type,
    number: 1,
    previous: new Uint8Array(HASH_BYTES),
    kind: "create",
    author: author.account,
    authorCertificate: author.certificateHash,
    keyEpoch: 1,
    changes: [...members].map(([account, member]) => ({ operation: "add", account, ...member })),
    membersHash: await membersHash(members),
    keyCommitment,
    policy,
    boxListHash: await boxListHash(boxes),
    time,
  };
  return signRecord(null, body, boxes, author.key);
}

/** The record after `previous`. @throws CryptoError as acceptRecord and requireBoxList would */
export async function continueConversation(
  previous: ChainState,
  draft: RecordDraft,
  author: RecordAuthor,
): Promise<SignedRecord> {
  const { kind, changes = [], policy = previous.policy, boxes = [], time } = draft;
  const newEpoch = startsKeyEpoch({ kind, changes, author: author.account });
  const body: RecordBody = {
    conversation: previous.conversation,
    type: previous.type,
    number: previous.number + 1,
    previous: previous.head,
    kind,
    author: author.account,
    authorCertificate: author.certificateHash,
    keyEpoch: previous.keyEpoch + (newEpoch ? 1 : 0),
    changes,
    membersHash: await membersHash(applyChanges(previous.members, changes)),
    keyCommitment: draft.keyCommitment ?? previous.keyCommitment,
    policy,
    boxListHash: await boxListHash(boxes),
    time,
  };
  return signRecord(previous, body, boxes, author.key);
}

/** Signs only what everybody else would accept. */
async function signRecord(
  previous: ChainState | null,
  body: RecordBody,
  boxes: readonly BoxListEntry[],
  key: SigningKey,
): Promise<SignedRecord> {
  const signed = encodeRecordBody(body);
  const bytes = encodeRecord(signed, await sign(key, signed));
  const link = await continueChain(previous, bytes);
  await requireBoxList(link, boxes);
  return { ...link, bytes };
}
