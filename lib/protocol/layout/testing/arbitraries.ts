import fc from "fast-check";
import type { Bytes } from "../../../base/bytes.ts";
import {
  type AccountId,
  type ConversationId,
  type Id,
  type InvitationId,
  idFromBytes,
  type MessageId,
} from "../../../base/ids.ts";
import { type CertificateBody, KEY_TYPE, publicKeyBytes } from "../certificate.ts";
import { ENVELOPE_KIND, type EnvelopeHeader } from "../envelope.ts";
import type { JoinRequestBody } from "../join-request.ts";
import { type MemberChange, ROLE } from "../member-change.ts";
import type { HistoryVisibility, Policy, Posting } from "../policy.ts";
import { CONVERSATION_TYPE, RECORD_KIND, type RecordBody } from "../record.ts";
import type { RoomProfileBody, SealedRoomProfile } from "../room-profile.ts";
import type { VaultEntryHeader } from "../vault-entry.ts";

/** Arbitrary values of every layout, for properties. */

export function bytes(length: number, maxLength = length): fc.Arbitrary<Bytes> {
  return fc.uint8Array({ minLength: length, maxLength }).map((value) => value as Bytes);
}

function id<T extends Id>(): fc.Arbitrary<T> {
  return bytes(16).map((value) => idFromBytes<T>(value));
}

const u32 = fc.nat({ max: 0xffffffff });
const u64 = fc.maxSafeNat();
export const hash = bytes(32);

export const certificate: fc.Arbitrary<CertificateBody> = fc
  .constantFrom(...KEY_TYPE.names)
  .chain((keyType) =>
    fc.record({
      account: id<AccountId>(),
      keyType: fc.constant(keyType),
      epoch: u32,
      publicKey: bytes(publicKeyBytes(keyType)),
      notBefore: u64,
    }),
  );

const change: fc.Arbitrary<MemberChange> = fc.oneof(
  fc.record({
    operation: fc.constantFrom<"add" | "update">("add", "update"),
    account: id<AccountId>(),
    role: fc.constantFrom(...ROLE.names),
    certificateHash: hash,
  }),
  fc.record({
    operation: fc.constantFrom<"remove" | "ban" | "lift">("remove", "ban", "lift"),
    account: id<AccountId>(),
  }),
);

/** Retention as a multiple of rotation: 0, or at least the tenfold that a policy must keep. */
export const policy: fc.Arbitrary<Policy> = fc
  .record({
    rotationSeconds: fc.integer({ min: 1, max: 10_000_000 }),
    factor: fc.constantFrom(0, 10, 52, 400),
    history: fc.constantFrom<HistoryVisibility>("since-joining", "all"),
    posting: fc.constantFrom<Posting>("everyone", "moderators", "nobody"),
    slowSeconds: fc.constantFrom(0, 1, 60),
  })
  .map(({ factor, ...rest }) => ({ ...rest, retentionSeconds: rest.rotationSeconds * factor }));

export const record: fc.Arbitrary<RecordBody> = fc.record({
  conversation: id<ConversationId>(),
  type: fc.constantFrom(...CONVERSATION_TYPE.names),
  number: u32,
  previous: hash,
  kind: fc.constantFrom(...RECORD_KIND.names),
  author: id<AccountId>(),
  authorCertificate: hash,
  keyEpoch: u32,
  changes: fc.uniqueArray(change, { maxLength: 6, selector: ({ account }) => account }),
  membersHash: hash,
  keyCommitment: hash,
  policy,
  boxListHash: hash,
  time: u64,
});

export const joinRequest: fc.Arbitrary<JoinRequestBody> = fc.record({
  conversation: id<ConversationId>(),
  account: id<AccountId>(),
  certificateHash: hash,
  invited: fc.option(fc.record({ invitation: id<InvitationId>(), proof: hash })),
  time: u64,
});

export const roomProfile: fc.Arbitrary<RoomProfileBody> = fc.record({
  conversation: id<ConversationId>(),
  author: id<AccountId>(),
  recordHash: hash,
  revision: u32,
  json: bytes(0, 300),
});

export const sealedRoomProfile: fc.Arbitrary<SealedRoomProfile> = fc.record({
  keyEpoch: u32,
  revision: u32,
  salt: hash,
  ciphertext: bytes(16, 300),
});

export const envelopeHeader: fc.Arbitrary<EnvelopeHeader> = fc.record({
  kind: fc.constantFrom(...ENVELOPE_KIND.names),
  conversation: id<ConversationId>(),
  sender: id<AccountId>(),
  message: id<MessageId>(),
  keyEpoch: u32,
  recordHash: hash,
  salt: hash,
});

export const vaultEntryHeader: fc.Arbitrary<VaultEntryHeader> = fc.record({
  keyVersion: u32,
  counter: u64,
  salt: hash,
});
