import { continueConversation, type RecordDraft } from "../record.ts";
import { newPerson, type Person } from "./people.ts";
import { requireEqual, requireRefused, type Suite } from "./portable.ts";
import { deal, newDirect, newRoom, WEEK_POLICY } from "./rooms.ts";
import { type Attempt, addition, attempt, newCast, promotion, removal, requireOnly } from "./rules-cast.ts";

export const rulesSuite: Suite = {
  name: "record rules",
  cases: {
    "members of a private room cannot add, those of a public room can": async () => {
      const [closed, open] = [await newCast(), await newCast("public-room")];
      await requireOnly(closed, ["owner", "moderator"], {
        kind: "add",
        changes: [addition(closed.cast.outsider)],
      });
      await requireOnly(open, ["owner", "moderator", "member"], {
        kind: "add",
        changes: [addition(open.cast.outsider)],
      });
    },
    "newcomers come as members, once": async () => {
      const scene = await newCast();
      const { outsider, member } = scene.cast;
      const promoted: Attempt = { kind: "add", changes: [addition(outsider, "owner")] };
      await requireRefused(attempt(scene, "owner", promoted), "not-allowed");
      await requireRefused(attempt(scene, "owner", { kind: "add" }), "not-allowed");
      const twice: Attempt = { kind: "add", changes: [addition(member)] };
      await requireRefused(attempt(scene, "owner", twice), "wrong-chain");
    },
    "owners remove anybody, moderators members, everybody themselves": async () => {
      const scene = await newCast();
      const { owner, moderator, member, outsider } = scene.cast;
      const remove = (person: Person): Attempt => ({ kind: "remove", changes: [removal(person)] });
      await requireOnly(scene, ["owner", "moderator", "member"], remove(member));
      await requireOnly(scene, ["owner", "moderator"], remove(moderator));
      await requireOnly(scene, ["owner"], remove(owner));
      await requireRefused(attempt(scene, "owner", remove(outsider)), "wrong-chain");
      const both: Attempt = { kind: "remove", changes: [removal(member), removal(moderator)] };
      await requireOnly(scene, ["owner"], both);
    },
    "every member rotates": async () => {
      const scene = await newCast();
      await requireOnly(scene, ["owner", "moderator", "member"], { kind: "rotate" });
      const smuggled: Attempt = { kind: "rotate", changes: [addition(scene.cast.outsider)] };
      await requireOnly(scene, [], smuggled);
    },
    "owners set roles, and one stays": async () => {
      const scene = await newCast();
      const { owner, member } = scene.cast;
      await requireOnly(scene, ["owner"], { kind: "roles", changes: [promotion(member, "moderator")] });
      await requireOnly(scene, [], { kind: "roles", changes: [promotion(owner, "member")] });
      await requireOnly(scene, [], { kind: "roles" });
      const stolen = { ...member, certificateHash: owner.certificateHash };
      await requireOnly(scene, [], { kind: "roles", changes: [promotion(stolen, "owner")] });
    },
    "owners set the policy, and only `policy` does": async () => {
      const scene = await newCast();
      const policy = { ...WEEK_POLICY, rotationSeconds: 86_400 };
      await requireOnly(scene, ["owner"], { kind: "policy", policy });
      await requireOnly(scene, [], { kind: "rotate", policy });
      await requireOnly(scene, [], { kind: "policy", policy, changes: [addition(scene.cast.outsider)] });
    },
    "a direct conversation stays one of two owners": async () => {
      const [alice, bob, eve] = [await newPerson(), await newPerson(), await newPerson()];
      const { created, conversation } = await newDirect(alice, bob);
      const dealt = await deal(conversation, 1, [eve]);
      const add: RecordDraft = { kind: "add", changes: [addition(eve)], boxes: dealt.entries, time: 2 };
      await requireRefused(continueConversation(created.state, add, alice), "not-allowed");
      const again = await deal(conversation, 2, [alice]);
      const remove: RecordDraft = {
        kind: "remove",
        changes: [removal(bob)],
        keyCommitment: again.commitment,
        boxes: again.entries,
        time: 2,
      };
      await requireRefused(continueConversation(created.state, remove, alice), "not-allowed");
      await requireRefused(
        newRoom(
          [
            [alice, "owner"],
            [bob, "member"],
          ],
          { type: "direct" },
        ),
        "not-allowed",
      );
      await requireRefused(
        newRoom(
          [
            [alice, "owner"],
            [bob, "owner"],
            [eve, "owner"],
          ],
          { type: "direct" },
        ),
        "wrong-chain",
      );
      await requireRefused(
        newRoom([
          [alice, "member"],
          [bob, "owner"],
        ]),
        "not-allowed",
      );
    },
    "earlier keys go to newcomers only, and only where history is visible": async () => {
      const policies = { "since-joining": "not-allowed", all: undefined } as const;
      for (const history of ["since-joining", "all"] as const) {
        const [owner, member, late] = [await newPerson(), await newPerson(), await newPerson()];
        const { created, conversation } = await newRoom(
          [
            [owner, "owner"],
            [member, "member"],
          ],
          {
            policy: { ...WEEK_POLICY, history },
          },
        );
        const second = await deal(conversation, 2, [owner, member]);
        const rotate: RecordDraft = {
          kind: "rotate",
          keyCommitment: second.commitment,
          boxes: second.entries,
          time: 2,
        };
        const { state } = await continueConversation(created.state, rotate, owner);
        const [now, earlier, astray] = await Promise.all([
          deal(conversation, 2, [late]),
          deal(conversation, 1, [late]),
          deal(conversation, 1, [member]),
        ]);
        const add = (boxes: RecordDraft["boxes"] & object) =>
          continueConversation(state, { kind: "add", changes: [addition(late)], boxes, time: 3 }, owner);
        const withHistory = add([...now.entries, ...earlier.entries]);
        if (policies[history]) await requireRefused(withHistory, policies[history]);
        else requireEqual((await withHistory).state.members.size, 3);
        await requireRefused(add([...now.entries, ...astray.entries]), "not-allowed");
      }
    },
  },
};
