import { type Bytes, concat, equalBytes, u8, u32 } from "../../base/bytes.ts";
import { ByteReader, encodeFields, LayoutError } from "../../base/fields.ts";
import { type AccountId, type ConversationId, idToBytes } from "../../base/ids.ts";
import { idField, u8Field, u32Field } from "./field-readers.ts";
import { label } from "./label.ts";
import { AES_TAG_BYTES, ED25519_SIGNATURE_BYTES, HASH_BYTES, SALT_BYTES } from "./sizes.ts";
import { PROTOCOL_VERSION, requireSuite, SUITE } from "./suite.ts";

/** Name, topic and pins of a conversation as somebody signed them (docs/protocol.md §4.6). */
export interface RoomProfileBody {
  readonly conversation: ConversationId;
  readonly author: AccountId;
  /** Of the record in whose state the author was allowed to write this. */
  readonly recordHash: Bytes;
  /** 1 for the first, then dense. */
  readonly revision: number;
  /** UTF-8: see ../room-profile.ts. */
  readonly json: Bytes;
}

export interface SignedRoomProfile extends RoomProfileBody {
  /** The bytes under the signature. */
  readonly signed: Bytes;
  readonly signature: Bytes;
}

/** What a server keeps of a conversation whose profile it must not read. */
export interface SealedRoomProfile {
  readonly keyEpoch: number;
  readonly revision: number;
  readonly salt: Bytes;
  readonly ciphertext: Bytes;
}

/** The longest on the wire, sealed or not. */
export const MAX_ROOM_PROFILE_BYTES = 24 * 1024;

/** `enc("sceau/1/room-profile", …)`: the bytes an author signs. */
export function encodeRoomProfileBody(body: RoomProfileBody): Bytes {
  return encodeFields(
    label("room-profile"),
    u8(PROTOCOL_VERSION),
    u8(SUITE),
    idToBytes(body.conversation),
    idToBytes(body.author),
    body.recordHash,
    u32(body.revision),
    body.json,
  );
}

/** Signed bytes followed by the 64-byte signature. */
export function encodeRoomProfile(signed: Bytes, signature: Bytes): Bytes {
  return concat(signed, signature);
}

/** Structure only: role and signature are checked by lib/crypto. @throws LayoutError */
export function parseRoomProfile(bytes: Uint8Array): SignedRoomProfile {
  if (bytes.length > MAX_ROOM_PROFILE_BYTES) throw new LayoutError("room profile too long");
  const reader = new ByteReader(bytes);
  if (!equalBytes(reader.field(), label("room-profile"))) throw new LayoutError("not a room profile");
  requireSuite(u8Field(reader), u8Field(reader));
  const body: RoomProfileBody = {
    conversation: idField<ConversationId>(reader),
    author: idField<AccountId>(reader),
    recordHash: reader.field(HASH_BYTES),
    revision: u32Field(reader),
    json: reader.field(),
  };
  const signed = bytes.slice(0, reader.offset) as Bytes;
  const signature = reader.take(ED25519_SIGNATURE_BYTES);
  reader.end();
  return { ...body, signed, signature };
}

/** `keyEpoch(u32) revision(u32) salt(32) ciphertext`; inside stands the padded `enc(profile)`. */
export function encodeSealedRoomProfile(sealed: SealedRoomProfile): Bytes {
  return concat(u32(sealed.keyEpoch), u32(sealed.revision), sealed.salt, sealed.ciphertext);
}

/** @throws LayoutError */
export function parseSealedRoomProfile(bytes: Uint8Array): SealedRoomProfile {
  if (bytes.length > MAX_ROOM_PROFILE_BYTES) throw new LayoutError("room profile too long");
  const reader = new ByteReader(bytes);
  const sealed = {
    keyEpoch: reader.u32(),
    revision: reader.u32(),
    salt: reader.take(SALT_BYTES),
    ciphertext: reader.rest(),
  };
  if (sealed.ciphertext.length < AES_TAG_BYTES) throw new LayoutError("room profile too short");
  return sealed;
}

/** The additional data of the encryption, and what its key is derived for. */
export function roomProfileContext(
  conversation: ConversationId,
  { keyEpoch, revision }: Pick<SealedRoomProfile, "keyEpoch" | "revision">,
): Bytes {
  return encodeFields(label("room-profile-key"), idToBytes(conversation), u32(keyEpoch), u32(revision));
}
