import type { Bytes } from "../base/bytes.ts";
import type { ConversationId } from "../base/ids.ts";
import {
  encodeRoomProfile,
  encodeRoomProfileBody,
  parseRoomProfile,
  type RoomProfileBody,
  type SignedRoomProfile,
} from "../protocol/layout/room-profile.ts";
import type { FindSigningKey } from "./chain.ts";
import type { ChainState } from "./chain-state.ts";
import { CryptoError, parseWith } from "./errors.ts";
import { actingRole } from "./members.ts";
import { type SigningKey, sign, verifySignature } from "./signature.ts";

/** @param key of the certificate that the record lists for the author */
export async function signRoomProfile(key: SigningKey, body: RoomProfileBody): Promise<Bytes> {
  const signed = encodeRoomProfileBody(body);
  return encodeRoomProfile(signed, await sign(key, signed));
}

/** How a reader finds what a profile refers to. */
export interface RoomProfileReader {
  readonly conversation: ConversationId;
  /** The accepted state whose head is this record hash; null where it is not known. */
  findState(recordHash: Bytes): Promise<ProfileState | null> | ProfileState | null;
  readonly findSigningKey: FindSigningKey;
}

type ProfileState = Pick<ChainState, "type" | "members">;

/**
 * Judges a profile as it was signed (docs/protocol.md §4.6). Whether its revision is older than one seen before is
 * the reader's to say, and so is the JSON.
 * @throws CryptoError `malformed`, `unsupported-version`, `wrong-chain` (another conversation), `unknown-record`,
 * `not-allowed`, `unknown-signer`, `bad-signature`
 */
export async function verifyRoomProfile(
  bytes: Uint8Array,
  reader: RoomProfileReader,
): Promise<SignedRoomProfile> {
  const profile = parseWith(parseRoomProfile, bytes);
  if (profile.conversation !== reader.conversation)
    throw new CryptoError("wrong-chain", "the profile of another conversation");
  const state = await reader.findState(profile.recordHash);
  if (!state) throw new CryptoError("unknown-record");
  const author = state.members.get(profile.author);
  if (!author || !mayDescribe(state, profile)) throw new CryptoError("not-allowed", "profile");
  const key = await reader.findSigningKey(profile.author, author.certificateHash);
  if (!key) throw new CryptoError("unknown-signer", `no certificate of ${profile.author}`);
  if (!(await verifySignature(key, profile.signed, profile.signature)))
    throw new CryptoError("bad-signature", "profile");
  return profile;
}

/** Owners and moderators of a room, both people of a direct conversation. */
function mayDescribe({ members, type }: ProfileState, { author }: RoomProfileBody): boolean {
  const role = actingRole(members, author);
  return role !== null && (type === "direct" || role !== "member");
}
