import { type Bytes, equalBytes } from "../base/bytes.ts";
import type { ConversationId } from "../base/ids.ts";
import { AppError } from "../protocol/errors.ts";
import { profileAnswer } from "../protocol/http/conversations.ts";
import { parseSealedRoomProfile } from "../protocol/layout/room-profile.ts";
import type { Api } from "./api.ts";
import type { KeyBook } from "./key-book.ts";
import type { HeldProfile } from "./open-profile.ts";

/** What conversations are called and pin (docs/protocol.md §4.6): never an earlier revision than was seen here. */
export function createProfiles(api: Api, book: KeyBook) {
  const held = new Map<ConversationId, HeldProfile>();
  /** What the server has, null for nothing; absent where it is to be asked. */
  const offered = new Map<ConversationId, Bytes | null>();

  async function offerOf(conversation: ConversationId): Promise<Bytes | null> {
    const known = offered.get(conversation);
    if (known !== undefined) return known;
    const { profile = null } = await api.get(`/api/conversations/${conversation}/profile`, profileAnswer);
    offered.set(conversation, profile);
    return profile;
  }

  return {
    /** As GET /api/conversations brings it along. */
    offer: (conversation: ConversationId, bytes: Bytes | undefined): void =>
      void offered.set(conversation, bytes ?? null),

    /** The server is asked at the next use. */
    forget: (conversation: ConversationId): void => void offered.delete(conversation),

    /** The highest that was seen here, or that stands on one which does not open: the next one is above it. */
    async revision(conversation: ConversationId, isSealed: boolean): Promise<number> {
      const bytes = await offerOf(conversation);
      const seen = held.get(conversation)?.revision ?? 0;
      return bytes && isSealed ? Math.max(seen, claimedRevision(bytes)) : seen;
    },

    drop(conversation: ConversationId): void {
      offered.delete(conversation);
      held.delete(conversation);
    },

    /** @returns null where there is none, or none that could be opened yet. @throws as KeyBook, AppError */
    async require(conversation: ConversationId): Promise<HeldProfile | null> {
      const bytes = await offerOf(conversation);
      if (bytes) {
        const { openProfile } = await import("./open-profile.ts").catch(() => {
          throw new AppError("offline", "code not loaded");
        });
        const opened = await openProfile(conversation, bytes, await book.require(conversation));
        if (opened && follows(opened, held.get(conversation))) held.set(conversation, opened);
      }
      return held.get(conversation) ?? null;
    },
  };
}

/** A revision has one wording: any member seals it anew with a new key, and must not change it by that. */
function follows({ revision, signed }: HeldProfile, before: HeldProfile | undefined): boolean {
  if (!before) return true;
  return revision === before.revision ? equalBytes(signed, before.signed) : revision > before.revision;
}

function claimedRevision(bytes: Bytes): number {
  try {
    return parseSealedRoomProfile(bytes).revision;
  } catch {
    return 0;
  }
}

export type Profiles = ReturnType<typeof createProfiles>;
