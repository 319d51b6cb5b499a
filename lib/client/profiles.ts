import type { Bytes } from "../base/bytes.ts";
import type { ConversationId } from "../base/ids.ts";
import { AppError } from "../protocol/errors.ts";
import type { Api } from "./api.ts";
import type { KeyBook } from "./key-book.ts";
import type { HeldProfile, ProfileParts } from "./open-profile.ts";

const late = () =>
  import("./open-profile.ts").catch(() => {
    throw new AppError("offline", "code not loaded");
  });

/** What conversations are called and pin (docs/protocol.md §4.6): never an earlier revision than was seen here. */
export function createProfiles(api: Api, book: KeyBook) {
  const parts: ProfileParts = { api, book, held: new Map(), offered: new Map() };
  const { offered } = parts;
  const forget = (conversation: ConversationId): void => void offered.delete(conversation);

  return {
    /** As GET /api/conversations brings it along. */
    offer: (conversation: ConversationId, bytes: Bytes | undefined): void =>
      void offered.set(conversation, bytes ?? null),

    /** The server is asked at the next use. */
    forget,

    /** One is not in it, by the server's word. As in a KeyBook, what was seen stays: no earlier one follows it. */
    drop: forget,

    /** The highest that was seen here, or that stands on one which does not open: the next one is above it. */
    revision: async (conversation: ConversationId, isSealed: boolean): Promise<number> =>
      (await late()).newestRevision(parts, conversation, isSealed),

    /** @returns null where there is none, or none that could be opened yet. @throws as KeyBook, AppError */
    require: async (conversation: ConversationId): Promise<HeldProfile | null> =>
      (await late()).requireProfile(parts, conversation),
  };
}

export type Profiles = ReturnType<typeof createProfiles>;
