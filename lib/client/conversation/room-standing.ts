import type { AccountId } from "../../base/ids.ts";
import { mayWrite } from "../../crypto/chain-rules.ts";
import type { ChainState } from "../../crypto/chain-state.ts";
import { actingRole } from "../../crypto/members.ts";
import type { ServerTextFrame } from "../../protocol/frames.ts";
import type { ConversationInfo } from "../../protocol/http/conversations.ts";
import type { RoomStanding } from "../model-rooms.ts";
import type { HeldProfile } from "../open-profile.ts";

const NO_PINS: RoomStanding["pins"] = [];

type Facts = Pick<ConversationInfo, "memberCount" | "refused" | "archived">;

/** What the server says beside records; what it does not name is not so. */
type Standing = Pick<
  Extract<ServerTextFrame, { type: "ready" }>["heads"][number],
  "refused" | "archived" | "offered"
>;

/** One's own place in a room, from the records and the profile as far as they are there. */
export function createRoomStanding(info: Facts, self: AccountId) {
  let { memberCount } = info;
  let refused = info.refused ?? false;
  let archived = info.archived ?? false;
  let offered = false;
  let state: ChainState | null = null;
  let profile: HeldProfile | null = null;

  return {
    members: () => state?.members ?? null,
    number: () => state?.number ?? 0,

    follow(newest: ChainState): void {
      state = newest;
      memberCount = newest.members.size;
    },

    describe(held: HeldProfile | null): void {
      profile = held;
    },

    applyInfo(now: Facts): void {
      if (!state) memberCount = now.memberCount;
      // That it is no more, `stand` says, with how far its messages go.
      refused ||= now.refused ?? false;
    },

    isRefused: (): boolean => refused,

    /** What the server says last. */
    stand(said: Standing): void {
      ({ refused = false, archived = false, offered = false } = said);
    },

    mayWrite: (): boolean => !refused && !archived && (!state || mayWrite(state, self)),

    view(): RoomStanding {
      const { posting = "everyone", slowSeconds = 0, retentionSeconds = 0 } = state?.policy ?? {};
      return {
        name: profile?.content.name ?? "",
        topic: profile?.content.topic ?? "",
        role: state ? actingRole(state.members, self) : "member",
        memberCount,
        posting,
        slowSeconds,
        retentionSeconds,
        history: state?.policy.history ?? "since-joining",
        refused,
        archived,
        offered,
        pins: (!refused && profile?.content.pins) || NO_PINS,
      };
    },
  };
}
