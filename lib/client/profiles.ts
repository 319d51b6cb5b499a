import type { Bytes } from "../base/bytes.ts";
import type { ConversationId } from "../base/ids.ts";
import { AppError } from "../protocol/errors.ts";
import { profileAnswer } from "../protocol/http/conversations.ts";
import type { Api } from "./api.ts";
import type { KeyBook } from "./key-book.ts";
import type { HeldProfile, OpenedProfile } from "./open-profile.ts";

const late = () =>
  import("./open-profile.ts").catch(() => {
    throw new AppError("offline", "code not loaded");
  });

/** What conversations are called and pin (docs/protocol.md §4.6): never an earlier revision than was seen here. */
export function createProfiles(api: Api, book: KeyBook) {
  const held = new Map<ConversationId, OpenedProfile>();
  /** What the server has, null for nothing; absent where it is to be asked. */
  const offered = new Map<ConversationId, Bytes | null>();
  const forget = (conversation: ConversationId): void => void offered.delete(conversation);

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
    forget,

    /** One is not in it, by the server's word. As in a KeyBook, what was seen stays: no earlier one follows it. */
    drop: forget,

    /** The highest that was seen here, or that stands on one which does not open: the next one is above it. */
    async revision(conversation: ConversationId, isSealed: boolean): Promise<number> {
      const bytes = await offerOf(conversation);
      const seen = held.get(conversation)?.revision ?? 0;
      return bytes && isSealed ? Math.max(seen, (await late()).claimedRevision(bytes)) : seen;
    },

    /** @returns null where there is none, or none that could be opened yet. @throws as KeyBook, AppError */
    async require(conversation: ConversationId): Promise<HeldProfile | null> {
      const bytes = await offerOf(conversation);
      if (!bytes && !held.has(conversation)) return null;
      const keys = await book.require(conversation);
      const opened = bytes && (await (await late()).openProfile(conversation, bytes, keys));
      if (opened?.follows(held.get(conversation))) held.set(conversation, opened);
      // The one before, too, counts for what the records make of it by now.
      return held.get(conversation)?.asOf(keys.state) ?? null;
    },
  };
}

export type Profiles = ReturnType<typeof createProfiles>;
