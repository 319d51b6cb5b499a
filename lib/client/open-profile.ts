import type { Bytes } from "../base/bytes.ts";
import type { AccountId, ConversationId } from "../base/ids.ts";
import { CryptoError } from "../crypto/errors.ts";
import type { ConversationKey } from "../crypto/keys.ts";
import { actingRole } from "../crypto/members.ts";
import { verifyRoomProfile } from "../crypto/room-profile.ts";
import { openRoomProfile, sealRoomProfile } from "../crypto/seal-room-profile.ts";
import { decodeRoomProfileJson, type RoomProfile } from "../protocol/room-profile.ts";
import { IdentityChangedError } from "./identities.ts";
import type { ConversationKeys } from "./key-book.ts";

/** Name, topic and pins as a member signed them. */
export interface HeldProfile {
  readonly revision: number;
  readonly author: AccountId;
  readonly content: RoomProfile;
  /** The words as they were signed. */
  readonly signed: Bytes;
  /** The same signed words for the members of another key epoch. */
  sealUnder(key: ConversationKey, keyEpoch: number): Promise<Bytes>;
}

/** @returns null for what does not open, or nobody had the right to write: the one before stands. @throws AppError */
export async function openProfile(
  conversation: ConversationId,
  bytes: Bytes,
  { state, reader, findState }: ConversationKeys,
): Promise<HeldProfile | null> {
  try {
    const { findConversationKey, findSigningKey } = reader;
    const isPlain = state.type === "public-room";
    const opened = isPlain
      ? { signed: bytes, revision: null }
      : await openRoomProfile(bytes, conversation, async (epoch) => findConversationKey(epoch));
    const { signed } = opened;
    const { revision, author, json } = await verifyRoomProfile(signed, {
      conversation,
      findState,
      findSigningKey,
    });
    const content = decodeRoomProfileJson(json);
    if (!content || (opened.revision ?? revision) !== revision) return null;
    // Whoever was a moderator once could still sign something in the name of that time.
    const letsIn = (actingRole(state.members, author) ?? "member") !== "member";
    return {
      revision,
      author,
      content: letsIn ? content : { ...content, invitations: [] },
      signed,
      sealUnder: (key, keyEpoch) => sealRoomProfile(signed, key, { conversation, keyEpoch, revision }),
    };
  } catch (error) {
    if (error instanceof CryptoError || error instanceof IdentityChangedError) return null;
    throw error;
  }
}
