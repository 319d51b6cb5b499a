import type { ConversationId } from "../../base/ids.ts";
import { CryptoError } from "../../crypto/errors.ts";
import { signRoomProfile } from "../../crypto/room-profile.ts";
import { sealRoomProfile } from "../../crypto/seal-room-profile.ts";
import { AppError } from "../../protocol/errors.ts";
import {
  decodeRoomProfileJson,
  encodeRoomProfileJson,
  type RoomProfile,
} from "../../protocol/room-profile.ts";
import type { AccountParts } from "../account/parts.ts";
import { IdentityChangedError } from "../identities.ts";
import { findOwnSigningKey } from "../own-keys.ts";

/** Others describe the room, and change its key, at the same time. */
const TRIES = 6;
const EMPTY: RoomProfile = { name: "", topic: "", pins: [], invitations: [] };

export type RoomParts = Pick<
  AccountParts,
  "api" | "platform" | "vault" | "identities" | "book" | "profiles" | "store" | "relist" | "reopen" | "say"
>;

/**
 * The next revision of a room's profile.
 * @param change sees what is there by then, and may run more than once
 * @throws IdentityChangedError, CryptoError, AppError
 */
export async function writeProfile(
  { api, vault, book, profiles }: RoomParts,
  conversation: ConversationId,
  change: (content: RoomProfile) => RoomProfile,
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const { state, key, cutBy } = await book.require(conversation);
    if (cutBy) throw new IdentityChangedError(cutBy);
    const listed = state.members.get(vault.account)?.certificateHash;
    const signingKey = listed && (await findOwnSigningKey(vault.root(), listed));
    if (!signingKey || !key) throw new CryptoError("waiting-for-key", "no key of one's own is listed");
    // Somebody may have sealed it anew: invitations that are not seen to count are not written again.
    profiles.forget(conversation);
    const held = await profiles.require(conversation);
    const isPlain = state.type === "public-room";
    const revision = (await profiles.revision(conversation, !isPlain)) + 1;
    const json = encodeRoomProfileJson(change(held?.content ?? EMPTY));
    // What others could not read never leaves.
    if (!decodeRoomProfileJson(json)) throw new AppError("bad-request", "profile");
    const signed = await signRoomProfile(signingKey, {
      conversation,
      author: vault.account,
      recordHash: state.head,
      revision,
      json,
    });
    const { keyEpoch } = state;
    const profile = isPlain
      ? signed
      : await sealRoomProfile(signed, key, { conversation, keyEpoch, revision });
    try {
      await api.send("PUT", `/api/conversations/${conversation}/profile`, { revision, profile });
      profiles.offer(conversation, profile);
      return;
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== "conflict" || attempt === TRIES) throw error;
      book.forget(conversation);
    }
  }
}
