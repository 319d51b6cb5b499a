import { type Bytes, concat, equalBytes, u8, u32, u64 } from "../../base/bytes.ts";
import { ByteReader, encodeFields, LayoutError } from "../../base/fields.ts";
import { type AccountId, type ConversationId, idToBytes } from "../../base/ids.ts";
import { codeTable } from "./code-table.ts";
import { idField, u8Field, u32Field, u64Field } from "./field-readers.ts";
import { label } from "./label.ts";
import { encodeMemberChanges, type MemberChange, parseMemberChanges } from "./member-change.ts";
import { encodePolicy, type Policy, parsePolicy } from "./policy.ts";
import { ED25519_SIGNATURE_BYTES, HASH_BYTES } from "./sizes.ts";
import { PROTOCOL_VERSION, requireSuite, SUITE } from "./suite.ts";

export type ConversationType = "direct" | "private-room" | "public-room";
export const CONVERSATION_TYPE = codeTable<ConversationType>({
  direct: 1,
  "private-room": 2,
  "public-room": 3,
});

export type RecordKind = "create" | "add" | "remove" | "rotate" | "roles" | "policy" | "bans" | "succession";
export const RECORD_KIND = codeTable<RecordKind>({
  create: 1,
  add: 2,
  remove: 3,
  rotate: 4,
  roles: 5,
  policy: 6,
  bans: 7,
  succession: 8,
});

/** One link of a conversation's chain (docs/protocol.md §4). Hashes and commitments have 32 bytes. */
export interface RecordBody {
  readonly conversation: ConversationId;
  readonly type: ConversationType;
  /** 1 for `create`, then dense. */
  readonly number: number;
  /** Hash of the record before; zeros for `create`. */
  readonly previous: Bytes;
  readonly kind: RecordKind;
  readonly author: AccountId;
  /** Hash of the signing certificate whose key signs this record. */
  readonly authorCertificate: Bytes;
  readonly keyEpoch: number;
  readonly changes: readonly MemberChange[];
  /** Hash of the whole member list after the changes. */
  readonly membersHash: Bytes;
  readonly keyCommitment: Bytes;
  readonly policy: Policy;
  readonly boxListHash: Bytes;
  /** The author's clock, milliseconds since 1970. */
  readonly time: number;
}

export interface ConversationRecord extends RecordBody {
  /** The bytes under the signature. */
  readonly signed: Bytes;
  readonly signature: Bytes;
}

/** `enc("sceau/1/record", …)`: the bytes an author signs. */
export function encodeRecordBody(body: RecordBody): Bytes {
  return encodeFields(
    label("record"),
    u8(PROTOCOL_VERSION),
    u8(SUITE),
    idToBytes(body.conversation),
    u8(CONVERSATION_TYPE.encode(body.type)),
    u32(body.number),
    body.previous,
    u8(RECORD_KIND.encode(body.kind)),
    idToBytes(body.author),
    body.authorCertificate,
    u32(body.keyEpoch),
    encodeMemberChanges(body.changes),
    body.membersHash,
    body.keyCommitment,
    encodePolicy(body.policy),
    body.boxListHash,
    u64(body.time),
  );
}

/** Signed bytes followed by the 64-byte signature. */
export function encodeRecord(signed: Bytes, signature: Bytes): Bytes {
  return concat(signed, signature);
}

/** Structure only: chain, rules and signature are checked by lib/crypto. @throws LayoutError */
export function parseRecord(bytes: Uint8Array): ConversationRecord {
  const reader = new ByteReader(bytes);
  if (!equalBytes(reader.field(), label("record"))) throw new LayoutError("not a record");
  requireSuite(u8Field(reader), u8Field(reader));
  const body: RecordBody = {
    conversation: idField<ConversationId>(reader),
    type: CONVERSATION_TYPE.decode(u8Field(reader)),
    number: u32Field(reader),
    previous: reader.field(HASH_BYTES),
    kind: RECORD_KIND.decode(u8Field(reader)),
    author: idField<AccountId>(reader),
    authorCertificate: reader.field(HASH_BYTES),
    keyEpoch: u32Field(reader),
    changes: parseMemberChanges(reader.field()),
    membersHash: reader.field(HASH_BYTES),
    keyCommitment: reader.field(HASH_BYTES),
    policy: parsePolicy(reader.field()),
    boxListHash: reader.field(HASH_BYTES),
    time: u64Field(reader),
  };
  const signed = bytes.slice(0, reader.offset) as Bytes;
  const signature = reader.take(ED25519_SIGNATURE_BYTES);
  reader.end();
  return { ...body, signed, signature };
}
