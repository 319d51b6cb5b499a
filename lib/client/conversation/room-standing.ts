import type { AccountId } from "../../base/ids.ts";
import { mayWrite } from "../../crypto/chain-rules.ts";
import type { ChainState } from "../../crypto/chain-state.ts";
import { actingRole } from "../../crypto/members.ts";
import type { ServerTextFrame } from "../../protocol/frames.ts";
import type { ConversationInfo } from "../../protocol/http/conversations.ts";
import type { RoomStanding } from "../model-rooms.ts";
import type { HeldProfile } from "../open-profile.ts";
import { createAlarmClock } from "./alarm-clock.ts";

const NO_PINS: RoomStanding["pins"] = [];

type Facts = Pick<ConversationInfo, "kind" | "memberCount" | "mutedUntil" | "refused" | "archived">;

/** What the server says beside records; what it does not name is not so. */
type Standing = Pick<
  Extract<ServerTextFrame, { type: "ready" }>["heads"][number],
  "refused" | "archived" | "offered"
>;

/** One's own place in a room, from the records and the profile as far as they are there. */
export function createRoomStanding(
  info: Facts,
  deps: { readonly self: AccountId; now(): number; onChange(): void },
) {
  let { memberCount } = info;
  let mutedUntil = info.mutedUntil ?? null;
  let refused = info.refused ?? false;
  let archived = info.archived ?? false;
  let offered = false;
  let state: ChainState | null = null;
  let profile: HeldProfile | null = null;
  /** Whoever was muted writes again without doing anything. */
  const voice = createAlarmClock(deps.now, () => {
    mutedUntil = null;
    deps.onChange();
  });
  voice.set(mutedUntil);

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
      this.mute(now.mutedUntil ?? null);
      // That it is no more, `stand` says, with how far its messages go.
      refused ||= now.refused ?? false;
    },

    isRefused: (): boolean => refused,

    /** What the server says last. */
    stand(said: Standing): void {
      ({ refused = false, archived = false, offered = false } = said);
    },

    mute(until: number | null): void {
      mutedUntil = until;
      voice.set(until);
    },

    mayWrite: (): boolean =>
      !refused && !archived && mutedUntil === null && (!state || mayWrite(state, deps.self)),

    view(): RoomStanding {
      const { posting = "everyone", slowSeconds = 0, retentionSeconds = 0 } = state?.policy ?? {};
      return {
        name: profile?.content.name ?? "",
        topic: profile?.content.topic ?? "",
        role: state ? actingRole(state.members, deps.self) : "member",
        memberCount,
        posting,
        slowSeconds,
        retentionSeconds,
        history: state?.policy.history ?? "since-joining",
        mutedUntil,
        refused,
        archived,
        offered,
        pins: (!refused && profile?.content.pins) || NO_PINS,
      };
    },

    stop: (): void => voice.set(null),
  };
}
