import type { MemberChange, Role } from "../../protocol/layout/member-change.ts";
import type { ChainState } from "../chain-state.ts";
import { applyChanges } from "../members.ts";
import { continueConversation, type RecordDraft } from "../record.ts";
import { newPerson, type Person } from "./people.ts";
import { requireEqual, requireRefused } from "./portable.ts";
import { deal, newRoom } from "./rooms.ts";

/** A room with one person of each role, and somebody outside. */
export async function newCast(type: "private-room" | "public-room" = "private-room") {
  const [owner, moderator, member, outsider] = await Promise.all([
    newPerson(),
    newPerson(),
    newPerson(),
    newPerson(),
  ]);
  const cast: Readonly<Record<Role | "outsider", Person>> = { owner, moderator, member, outsider };
  const room = await newRoom(
    [
      [owner, "owner"],
      [moderator, "moderator"],
      [member, "member"],
    ],
    { type },
  );
  return { cast, ...room, state: room.created.state };
}

export type Cast = Awaited<ReturnType<typeof newCast>>;
export type Attempt = Omit<RecordDraft, "time" | "keyCommitment" | "boxes">;

/** Deals keys to whomever the draft makes a recipient, so that only the rules can refuse. */
export async function attempt(
  { cast, conversation, state }: Cast,
  who: Role | "outsider",
  draft: Attempt,
): Promise<ChainState> {
  const author = cast[who];
  const changes = draft.changes ?? [];
  const leaves = changes.every(({ account }) => account === author.account);
  const newKey =
    draft.kind === "rotate" || draft.kind === "succession" || (draft.kind === "remove" && !leaves);
  const after = applyChanges(state.members, changes);
  const added = new Set(changes.map(({ account }) => account));
  const recipients = Object.values(cast).filter(({ account }) =>
    newKey ? after.has(account) : draft.kind === "add" && added.has(account),
  );
  const { entries, commitment } = await deal(conversation, state.keyEpoch + (newKey ? 1 : 0), recipients);
  const full = { ...draft, boxes: entries, time: 2, ...(newKey ? { keyCommitment: commitment } : {}) };
  return (await continueConversation(state, full, author)).state;
}

export async function requireOnly(scene: Cast, allowed: readonly Role[], draft: Attempt): Promise<void> {
  for (const who of ["owner", "moderator", "member", "outsider"] as const) {
    const outcome = attempt(scene, who, draft);
    if ((allowed as readonly string[]).includes(who)) requireEqual((await outcome).number, 2);
    else await requireRefused(outcome, "not-allowed");
  }
}

export const removal = ({ account }: Person): MemberChange => ({ operation: "remove", account });
export const ban = ({ account }: Person): MemberChange => ({ operation: "ban", account });
export const lift = ({ account }: Person): MemberChange => ({ operation: "lift", account });
export const addition = ({ account, certificateHash }: Person, role: Role = "member"): MemberChange => ({
  operation: "add",
  account,
  role,
  certificateHash,
});
export const promotion = (person: Person, role: Role): MemberChange =>
  ({ ...addition(person, role), operation: "update" }) as MemberChange;
