import type { Bytes } from "../../lib/base/bytes.ts";
import type { ConversationId } from "../../lib/base/ids.ts";
import { AppError } from "../../lib/protocol/errors.ts";
import type { Database } from "../database/database.ts";
import type { StoredProfile } from "../database/records.ts";
import type { Chains } from "./chains.ts";
import type { Client } from "./client.ts";
import type { ConversationService } from "./conversations.ts";
import type { KeyService } from "./keys.ts";
import { requirePublic, requireSealed } from "./profile-checks.ts";
import type { Publish } from "./publish.ts";
import type { Session } from "./sessions.ts";

export interface RoomProfileDeps {
  readonly records: Database["records"];
  readonly conversations: ConversationService;
  readonly chains: Chains;
  readonly keys: KeyService;
  readonly publish: Publish;
  readonly clock: () => number;
}

/** Name, topic and pins of a conversation, which only a public room shows to the server. */
export function createRoomProfiles({
  records,
  conversations,
  chains,
  keys,
  publish,
  clock,
}: RoomProfileDeps) {
  /** A key that is newer than what this node remembers is taken when it is tried again. */
  function sealedFor(id: ConversationId, profile: Bytes, keyEpoch: number): StoredProfile {
    try {
      return requireSealed(profile, keyEpoch);
    } catch (error) {
      conversations.forget(id);
      throw error;
    }
  }

  return {
    /** As it was written, also where access rules refuse the room; absent while there is none. @throws AppError "not-found" */
    async find(session: Session, id: ConversationId, client: Client): Promise<{ profile?: Bytes }> {
      await conversations.requireSeat(session, id, client);
      const profile = await records.findProfile(id);
      return profile ? { profile } : {};
    },

    /**
     * @throws AppError "not-found" also for who may not; "conversation-closed"; "room-archived"; "muted"; "bad-request"; "conflict" when the
     * revision is not the next one, or key or record are not the newest
     */
    async put(
      session: Session,
      id: ConversationId,
      form: { readonly revision: number; readonly profile: Bytes },
      client: Client,
    ): Promise<void> {
      const known = await conversations.requireModerator(session, id, client);
      if (known.closed) throw new AppError("conversation-closed", "a member left");
      if (known.archived) throw new AppError("room-archived", "nothing new");
      if ((known.seats.get(session.accountId)?.mutedUntil ?? 0) > clock())
        throw new AppError("muted", "names are words too");
      const profile =
        known.kind === "public-room"
          ? await requirePublic(form.profile, await chains.require(id), session.accountId, keys)
          : sealedFor(id, form.profile, known.keyEpoch);
      const { revision } = profile;
      if (revision !== form.revision || revision < 1) throw new AppError("bad-request", "another revision");
      const event = known.kind === "direct" ? null : { author: session.accountId, at: clock() };
      if (!(await records.setProfile(id, { ...profile, keyEpoch: known.keyEpoch }, event))) {
        // Or the room was archived, and this node did not hear of it.
        conversations.forget(id);
        throw new AppError("conflict", "not the next revision");
      }
      publish({ type: "profile", members: known.members, conversation: id, revision });
    },
  };
}
