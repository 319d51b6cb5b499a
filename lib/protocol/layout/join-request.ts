import { type Bytes, concat, equalBytes, u8, u64 } from "../../base/bytes.ts";
import { ByteReader, encodeFields, LayoutError } from "../../base/fields.ts";
import {
  type AccountId,
  type ConversationId,
  ID_BYTES,
  type InvitationId,
  idFromBytes,
  idToBytes,
} from "../../base/ids.ts";
import { idField, u8Field, u64Field } from "./field-readers.ts";
import { label } from "./label.ts";
import { ED25519_SIGNATURE_BYTES, HASH_BYTES } from "./sizes.ts";
import { PROTOCOL_VERSION, requireSuite, SUITE } from "./suite.ts";

/** By which invitation somebody asks to enter a private room. */
export interface JoinProof {
  readonly invitation: InvitationId;
  /** That its secret is known: 32 bytes. */
  readonly proof: Bytes;
}

/** What somebody signs who asks to enter a room (docs/protocol.md §4.7). */
export interface JoinRequestBody {
  readonly conversation: ConversationId;
  readonly account: AccountId;
  /** Of the newest signing certificate, under which they want to be listed. */
  readonly certificateHash: Bytes;
  /** Null where no invitation is needed: in a public room. */
  readonly invited: JoinProof | null;
  /** The joiner's clock, milliseconds since 1970. */
  readonly time: number;
}

export interface JoinRequest extends JoinRequestBody {
  /** The bytes under the signature. */
  readonly signed: Bytes;
  readonly signature: Bytes;
}

const NOTHING = new Uint8Array(0);

/** `enc("sceau/1/join-request", …)`: the bytes a joiner signs. */
export function encodeJoinRequestBody(body: JoinRequestBody): Bytes {
  const { conversation, account, certificateHash, invited, time } = body;
  return encodeFields(
    label("join-request"),
    u8(PROTOCOL_VERSION),
    u8(SUITE),
    idToBytes(conversation),
    idToBytes(account),
    certificateHash,
    invited ? idToBytes(invited.invitation) : NOTHING,
    invited ? invited.proof : NOTHING,
    u64(time),
  );
}

/** Signed bytes followed by the 64-byte signature. */
export function encodeJoinRequest(signed: Bytes, signature: Bytes): Bytes {
  return concat(signed, signature);
}

/** Structure only: signature and proof are checked by lib/crypto. @throws LayoutError */
export function parseJoinRequest(bytes: Uint8Array): JoinRequest {
  const reader = new ByteReader(bytes);
  if (!equalBytes(reader.field(), label("join-request"))) throw new LayoutError("not a join request");
  requireSuite(u8Field(reader), u8Field(reader));
  const body: JoinRequestBody = {
    conversation: idField<ConversationId>(reader),
    account: idField<AccountId>(reader),
    certificateHash: reader.field(HASH_BYTES),
    invited: readInvited(reader.field(), reader.field()),
    time: u64Field(reader),
  };
  const signed = bytes.slice(0, reader.offset) as Bytes;
  const signature = reader.take(ED25519_SIGNATURE_BYTES);
  reader.end();
  return { ...body, signed, signature };
}

function readInvited(invitation: Bytes, proof: Bytes): JoinProof | null {
  if (invitation.length === 0 && proof.length === 0) return null;
  if (invitation.length !== ID_BYTES || proof.length !== HASH_BYTES)
    throw new LayoutError("half an invitation");
  return { invitation: idFromBytes(invitation), proof };
}
