import { type AccountId, type DeviceId, type MessageId, newId } from "../../base/ids.ts";
import type { Posting } from "../../protocol/layout/policy.ts";
import { encodeRecord, encodeRecordBody } from "../../protocol/layout/record.ts";
import { continueChain } from "../chain.ts";
import type { ChainState } from "../chain-state.ts";
import { openMessage, sealMessage } from "../message.ts";
import { randomBytes } from "../webcrypto.ts";
import { directory, type Person } from "./people.ts";
import { requireBytes, requireEqual, requireRefused, type Suite } from "./portable.ts";
import { WEEK_POLICY } from "./rooms.ts";
import {
  type Attempt,
  addition,
  attempt,
  ban,
  type Cast,
  lift,
  newCast,
  promotion,
  removal,
  requireOnly,
} from "./rules-cast.ts";

const after = (scene: Cast, state: ChainState): Cast => ({ ...scene, state });
const remove = (...people: readonly Person[]): Attempt => ({ kind: "remove", changes: people.map(removal) });

/** What rooms have beside the rules of every conversation. */
export const roomRulesSuite: Suite = {
  name: "room rules",
  cases: {
    "owners and moderators ban who is outside, and lift it": async () => {
      const scene = await newCast("public-room");
      const { outsider } = scene.cast;
      await requireOnly(scene, ["owner", "moderator"], { kind: "bans", changes: [ban(outsider)] });
      const state = await attempt(scene, "moderator", { kind: "bans", changes: [ban(outsider)] });
      requireEqual(state.banned.has(outsider.account), true);
      requireEqual(state.keyEpoch, 1);
      const banned = after(scene, state);
      for (const who of ["owner", "moderator", "member"] as const)
        await requireRefused(
          attempt(banned, who, { kind: "add", changes: [addition(outsider)] }),
          "not-allowed",
        );
      const again: Attempt = { kind: "bans", changes: [ban(outsider)] };
      await requireRefused(attempt(banned, "owner", again), "wrong-chain");
      await requireRefused(
        attempt(banned, "member", { kind: "bans", changes: [lift(outsider)] }),
        "not-allowed",
      );
      const lifted = await attempt(banned, "moderator", { kind: "bans", changes: [lift(outsider)] });
      requireEqual(lifted.banned.size, 0);
      const back = await attempt(after(scene, lifted), "member", {
        kind: "add",
        changes: [addition(outsider)],
      });
      requireEqual(back.members.size, 4);
    },
    "a member is banned by a removal, which changes the key": async () => {
      const scene = await newCast();
      const { owner, moderator, member, outsider } = scene.cast;
      const removeAndBan = (person: Person): Attempt => ({ kind: "remove", changes: [ban(person)] });
      const state = await attempt(scene, "moderator", removeAndBan(member));
      requireEqual(state.keyEpoch, 2);
      requireEqual(state.members.has(member.account), false);
      requireEqual(state.banned.has(member.account), true);
      await requireRefused(attempt(scene, "moderator", removeAndBan(moderator)), "not-allowed");
      await requireRefused(attempt(scene, "moderator", removeAndBan(owner)), "not-allowed");
      await requireRefused(attempt(scene, "owner", removeAndBan(owner)), "not-allowed");
      await requireRefused(attempt(scene, "member", removeAndBan(member)), "not-allowed");
      await requireRefused(attempt(scene, "owner", removeAndBan(outsider)), "not-allowed");
      const inPlace: Attempt = { kind: "bans", changes: [ban(member)] };
      await requireRefused(attempt(scene, "owner", inPlace), "not-allowed");
    },
    "bans change nothing else, and nothing else bans": async () => {
      const scene = await newCast();
      const { outsider, member } = scene.cast;
      for (const kind of ["add", "rotate", "roles", "policy"] as const)
        await requireRefused(attempt(scene, "owner", { kind, changes: [ban(outsider)] }), "not-allowed");
      await requireRefused(attempt(scene, "owner", { kind: "bans" }), "not-allowed");
      await requireRefused(
        attempt(scene, "owner", { kind: "bans", changes: [lift(outsider)] }),
        "wrong-chain",
      );
      for (const change of [addition(outsider), removal(member), promotion(member, "moderator")])
        await requireRefused(attempt(scene, "owner", { kind: "bans", changes: [change] }), "not-allowed");
    },
    "a room begins with additions and nothing else": async () => {
      const { cast, created } = await newCast();
      const changes = [...created.record.changes, ban(cast.outsider)];
      const bytes = encodeRecord(encodeRecordBody({ ...created.record, changes }), created.record.signature);
      await requireRefused(continueChain(null, bytes), "not-allowed");
    },
    "only an owner ends a room, by removing everybody": async () => {
      const scene = await newCast();
      const { owner, moderator, member } = scene.cast;
      await requireOnly(scene, ["owner"], remove(owner, moderator, member));
      await requireRefused(attempt(scene, "owner", remove(owner, member)), "not-allowed");
    },
    "without an owner moderators are owners, without moderators members are": async () => {
      const scene = await newCast();
      const { owner, moderator, member } = scene.cast;
      const ownerless = after(scene, await attempt(scene, "owner", remove(owner)));
      requireEqual(ownerless.state.rotationDue, true);
      const policy: Attempt = { kind: "policy", policy: { ...WEEK_POLICY, slowSeconds: 5 } };
      await requireRefused(attempt(ownerless, "member", policy), "not-allowed");
      requireEqual((await attempt(ownerless, "moderator", policy)).number, 3);
      const nobody: Attempt = { kind: "roles", changes: [promotion(member, "moderator")] };
      await requireRefused(attempt(ownerless, "moderator", nobody), "not-allowed");
      const heir: Attempt = { kind: "roles", changes: [promotion(moderator, "owner")] };
      requireEqual(
        (await attempt(ownerless, "moderator", heir)).members.get(moderator.account)?.role ?? null,
        "owner",
      );
      const alone = after(scene, await attempt(ownerless, "moderator", remove(moderator)));
      requireEqual((await attempt(alone, "member", policy)).number, 4);
      const self: Attempt = { kind: "roles", changes: [promotion(member, "owner")] };
      requireEqual((await attempt(alone, "member", self)).members.size, 1);
      // The renewed certificate enters under the listed role, not under the one that is acted in.
      const renewal: Attempt = { kind: "rotate", changes: [promotion(member, "owner")] };
      await requireRefused(attempt(alone, "member", renewal), "not-allowed");
    },
    "somebody takes the place of all who stand above, and of nobody else": async () => {
      const scene = await newCast();
      const { owner, moderator, member } = scene.cast;
      const succession = (heir: Person, ...gone: readonly Person[]): Attempt => ({
        kind: "succession",
        changes: [promotion(heir, "owner"), ...gone.map(removal)],
      });
      const state = await attempt(scene, "moderator", succession(moderator, owner));
      requireEqual(state.keyEpoch, 2);
      requireEqual(state.members.has(owner.account), false);
      requireEqual(state.members.get(moderator.account)?.role ?? null, "owner");
      requireEqual(state.members.get(member.account)?.role ?? null, "member");
      const last = await attempt(scene, "member", succession(member, owner, moderator));
      requireEqual(last.members.size, 1);
      for (const [who, draft] of [
        // One who stands above stays.
        ["member", succession(member, owner)],
        ["member", succession(member, moderator)],
        ["moderator", succession(moderator)],
        // Somebody else goes, comes or rises.
        ["moderator", succession(moderator, owner, member)],
        ["moderator", succession(member, owner)],
        ["member", { kind: "succession", changes: [promotion(moderator, "owner"), removal(owner)] }],
        ["moderator", { kind: "succession", changes: [removal(owner)] }],
        ["moderator", { kind: "succession", changes: [promotion(moderator, "moderator"), removal(owner)] }],
        ["moderator", { kind: "succession", changes: [promotion(moderator, "owner"), ban(owner)] }],
        // Nobody stands above an owner.
        ["owner", succession(owner, moderator)],
        ["owner", succession(owner)],
        ["outsider", { kind: "succession", changes: [removal(owner)] }],
      ] as const)
        await requireRefused(attempt(scene, who, draft), "not-allowed");
      const policy = { ...WEEK_POLICY, slowSeconds: 5 };
      await requireRefused(
        attempt(scene, "moderator", { ...succession(moderator, owner), policy }),
        "not-allowed",
      );
      const renewed = { ...promotion(moderator, "owner"), certificateHash: randomBytes(32) };
      await requireRefused(
        attempt(scene, "moderator", { kind: "succession", changes: [renewed, removal(owner)] }),
        "not-allowed",
      );
    },
    "where an owner has left, moderators whose accounts are gone are followed as well": async () => {
      const scene = await newCast();
      const { owner, moderator, member } = scene.cast;
      const ownerless = after(scene, await attempt(scene, "owner", remove(owner)));
      const changes = [promotion(member, "owner"), removal(moderator)];
      const state = await attempt(ownerless, "member", { kind: "succession", changes });
      requireEqual(state.members.get(member.account)?.role ?? null, "owner");
      requireEqual(state.rotationDue, false);
    },
    "a message counts from those alone whom the policy lets write": async () => {
      const writers: Readonly<Record<Posting, readonly string[]>> = {
        everyone: ["owner", "moderator", "member"],
        moderators: ["owner", "moderator"],
        nobody: [],
      };
      for (const posting of ["everyone", "moderators", "nobody"] as const) {
        const scene = await newCast();
        const state = { ...scene.state, policy: { ...scene.state.policy, posting } };
        for (const role of ["owner", "moderator", "member"] as const) {
          const opened = speak(scene, state, scene.cast[role]);
          if (writers[posting].includes(role)) requireBytes((await opened).content, CONTENT);
          else await requireRefused(opened, "not-allowed");
        }
      }
    },
  },
};

const CONTENT = randomBytes(20);

async function speak({ key, conversation, cast }: Cast, state: ChainState, sender: Person) {
  const message = {
    conversation,
    sender: sender.account as AccountId,
    message: newId<MessageId>(),
    keyEpoch: 1,
    recordHash: state.head,
    device: newId<DeviceId>(),
    deviceSequence: 1,
    transcriptHead: randomBytes(32),
    transcriptPosition: 0,
    sentAt: 1,
    content: CONTENT,
  };
  return openMessage(await sealMessage(message, key, sender.key), {
    conversation,
    findState: () => state,
    findConversationKey: () => key,
    findSigningKey: directory(...Object.values(cast)),
  });
}
