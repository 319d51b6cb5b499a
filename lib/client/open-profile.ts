import { type Bytes, equalBytes } from "../base/bytes.ts";
import type { AccountId, ConversationId } from "../base/ids.ts";
import type { ChainState } from "../crypto/chain-state.ts";
import { CryptoError } from "../crypto/errors.ts";
import type { ConversationKey } from "../crypto/keys.ts";
import { actingRole } from "../crypto/members.ts";
import { verifyRoomProfile } from "../crypto/room-profile.ts";
import { openRoomProfile, sealRoomProfile } from "../crypto/seal-room-profile.ts";
import { profileAnswer } from "../protocol/http/conversations.ts";
import { parseSealedRoomProfile } from "../protocol/layout/room-profile.ts";
import { decodeRoomProfileJson, type RoomProfile } from "../protocol/room-profile.ts";
import type { Api } from "./api.ts";
import { IdentityChangedError } from "./identities.ts";
import type { ConversationKeys, KeyBook } from "./key-book.ts";

/** Name, topic and pins as a member signed them. */
export interface HeldProfile {
  readonly revision: number;
  readonly author: AccountId;
  /** Without invitations where these do not count. */
  readonly content: RoomProfile;
  /**
   * Whether it is sealed under the newest key: whoever chose that has sealed anew what was the profile then. What an earlier
   * key opens may be what the server kept of one that was replaced.
   */
  readonly isCurrent: boolean;
  /**
   * The same signed words for the members of another key epoch.
   * @returns null for one that is not current and would bring links back that may be revoked
   */
  sealUnder(key: ConversationKey, keyEpoch: number, now: number): Promise<Bytes | null>;
}

/** A profile as it was opened, which counts for more or less as the records go on. */
export interface OpenedProfile {
  readonly revision: number;
  /** The words as they were signed. */
  readonly signed: Bytes;
  readonly keyEpoch: number;
  /** A revision has one wording: any member seals it anew with a new key, and must not change it by that. */
  follows(before: OpenedProfile | undefined): boolean;
  asOf(state: Pick<ChainState, "keyEpoch" | "members" | "type">): HeldProfile;
}

/** What there is to find a profile by. */
export interface ProfileParts {
  readonly api: Api;
  readonly book: KeyBook;
  readonly held: Map<ConversationId, OpenedProfile>;
  /** What the server has, null for nothing; absent where it is to be asked. */
  readonly offered: Map<ConversationId, Bytes | null>;
}

async function offerOf({ api, offered }: ProfileParts, conversation: ConversationId): Promise<Bytes | null> {
  const known = offered.get(conversation);
  if (known !== undefined) return known;
  const { profile = null } = await api.get(`/api/conversations/${conversation}/profile`, profileAnswer);
  offered.set(conversation, profile);
  return profile;
}

/** As Profiles.require. @throws as KeyBook, AppError */
export async function requireProfile(
  parts: ProfileParts,
  conversation: ConversationId,
): Promise<HeldProfile | null> {
  const { book, held } = parts;
  const bytes = await offerOf(parts, conversation);
  if (!bytes && !held.has(conversation)) return null;
  const keys = await book.require(conversation);
  const opened = bytes && (await openProfile(conversation, bytes, keys));
  if (opened?.follows(held.get(conversation))) held.set(conversation, opened);
  // The one before, too, counts for what the records make of it by now.
  return held.get(conversation)?.asOf(keys.state) ?? null;
}

/** As Profiles.revision. @throws AppError */
export async function newestRevision(
  parts: ProfileParts,
  conversation: ConversationId,
  isSealed: boolean,
): Promise<number> {
  const bytes = await offerOf(parts, conversation);
  const seen = parts.held.get(conversation)?.revision ?? 0;
  return bytes && isSealed ? Math.max(seen, claimedRevision(bytes)) : seen;
}

/** @returns null for what does not open, or nobody had the right to write: the one before stands. @throws AppError */
async function openProfile(
  conversation: ConversationId,
  bytes: Bytes,
  { state, reader, findState }: ConversationKeys,
): Promise<OpenedProfile | null> {
  try {
    const { findConversationKey, findSigningKey } = reader;
    const opened =
      state.type === "public-room"
        ? { signed: bytes, revision: null, keyEpoch: 0 }
        : await openRoomProfile(bytes, conversation, async (epoch) => findConversationKey(epoch));
    const { signed, keyEpoch } = opened;
    const { revision, author, json } = await verifyRoomProfile(signed, {
      conversation,
      findState,
      findSigningKey,
    });
    const content = decodeRoomProfileJson(json);
    if (!content || (opened.revision ?? revision) !== revision) return null;
    return {
      revision,
      signed,
      keyEpoch,
      follows(before) {
        if (revision !== before?.revision) return revision > (before?.revision ?? 0);
        return keyEpoch >= before.keyEpoch && equalBytes(signed, before.signed);
      },
      asOf(now) {
        const isCurrent = now.type === "public-room" || keyEpoch === now.keyEpoch;
        // Whoever was a moderator once could still sign something in the name of that time.
        const letsIn = isCurrent && (actingRole(now.members, author) ?? "member") !== "member";
        return {
          revision,
          author,
          content: letsIn ? content : { ...content, invitations: [] },
          isCurrent,
          async sealUnder(key, keyEpoch, at) {
            const revives = !isCurrent && content.invitations.some(({ expiresAt }) => expiresAt > at);
            return revives ? null : sealRoomProfile(signed, key, { conversation, keyEpoch, revision });
          },
        };
      },
    };
  } catch (error) {
    if (error instanceof CryptoError || error instanceof IdentityChangedError) return null;
    throw error;
  }
}

/** 0 for what is no sealed profile. */
function claimedRevision(bytes: Bytes): number {
  try {
    return parseSealedRoomProfile(bytes).revision;
  } catch {
    return 0;
  }
}
