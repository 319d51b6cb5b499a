import type { AccountId, ConversationId } from "../../base/ids.ts";
import { AppError } from "../../protocol/errors.ts";
import type { Role } from "../../protocol/layout/member-change.ts";
import { LIMITS } from "../../protocol/limits.ts";
import { appendRecord, type Intent } from "../append-record.ts";
import type { ConversationKeys } from "../key-book.ts";
import type { Rooms, SealingProgress } from "../model-rooms.ts";
import type { RoomParts } from "./write-profile.ts";

type MembershipActions = Pick<
  Rooms,
  "add" | "remove" | "ban" | "lift" | "mute" | "setRole" | "leave" | "delete"
>;

/** How many newcomers one record can hand all keys to that they are to have. */
export function newcomersAtOnce({ state }: ConversationKeys): number {
  const keys = state.policy.history === "all" ? state.keyEpoch : 1;
  return Math.max(1, Math.floor(LIMITS.boxesOfRecord / keys));
}

/** Who is in a room, and as what. Each change is judged again on the newest records where somebody was faster. */
export function createMembershipActions(parts: RoomParts): MembershipActions {
  const { api, identities, relist, reopen, vault } = parts;

  async function change(
    room: ConversationId,
    decide: (keys: ConversationKeys) => Intent | null | Promise<Intent | null>,
  ): Promise<void> {
    await appendRecord(parts, room, decide);
    await reopen(room);
  }

  async function add(room: ConversationId, people: readonly AccountId[], onProgress?: SealingProgress) {
    let done = 0;
    let left = people;
    const decide = async (keys: ConversationKeys): Promise<Intent | null> => {
      const { members, banned } = keys.state;
      left = people.filter((account) => !members.has(account));
      if (left.some((account) => banned.has(account))) throw new AppError("banned");
      if (members.size + left.length > LIMITS.roomMembers) throw new AppError("room-full");
      const some = left.slice(0, newcomersAtOnce(keys));
      if (some.length === 0) return null;
      const theirs = await identities.refreshAll(some);
      const changes = some.flatMap((account, i) => {
        const certificateHash = theirs[i]?.newestCertificateHash;
        return certificateHash
          ? [{ operation: "add", account, role: "member", certificateHash } as const]
          : [];
      });
      return { kind: "add", changes };
    };
    const report = (sealed: number, total: number) =>
      onProgress?.(done + sealed, done + Math.max(total, left.length));
    while (await appendRecord(parts, room, decide, { onProgress: report }))
      done = people.length - left.length;
    await reopen(room);
  }

  return {
    add,

    remove: (room, person) =>
      change(room, ({ state }) =>
        state.members.has(person)
          ? { kind: "remove", changes: [{ operation: "remove", account: person }] }
          : null,
      ),

    ban: (room, person) =>
      change(room, ({ state }) => {
        if (state.banned.has(person)) return null;
        const changes = [{ operation: "ban", account: person }] as const;
        return { kind: state.members.has(person) ? "remove" : "bans", changes };
      }),

    lift: (room, person) =>
      change(room, ({ state }) =>
        state.banned.has(person) ? { kind: "bans", changes: [{ operation: "lift", account: person }] } : null,
      ),

    mute: (room, person, until) =>
      api.send("POST", `/api/conversations/${room}/mutes`, { account: person, until }),

    setRole: (room, person, role: Role) =>
      change(room, ({ state }) => {
        const member = state.members.get(person);
        if (!member) throw new AppError("not-found", "not a member");
        if (member.role === role) return null;
        return { kind: "roles", changes: [{ operation: "update", account: person, ...member, role }] };
      }),

    async leave(room) {
      await appendRecord(parts, room, ({ state: { members } }) => {
        const others = [...members].filter(([account]) => account !== vault.account);
        if (others.length === members.size) return null;
        const isLast =
          members.get(vault.account)?.role === "owner" && !others.some(([, { role }]) => role === "owner");
        if (isLast && others.length > 0) throw new AppError("last-owner");
        return { kind: "remove", changes: [{ operation: "remove", account: vault.account }] };
      });
      await relist();
    },

    async delete(room) {
      const removeAll = ({ state }: ConversationKeys): Intent => ({
        kind: "remove",
        changes: [...state.members.keys()].map((account) => ({ operation: "remove", account })),
      });
      await appendRecord(parts, room, removeAll, {
        send: (_, conversation, { record }) =>
          api.send("DELETE", `/api/conversations/${conversation}`, { record }),
      });
      await relist();
    },
  };
}
