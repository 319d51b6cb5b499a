import { idToBytes } from "../../base/ids.ts";
import { boxListHash, requireBoxList } from "../box-list.ts";
import { acceptRecord, recordHash } from "../chain.ts";
import { requireCommitted } from "../key-commitment.ts";
import { continueConversation } from "../record.ts";
import { openBox } from "../sealed-box.ts";
import { randomBytes } from "../webcrypto.ts";
import { directory, newPerson, newSigningEpoch } from "./people.ts";
import {
  requireBytes,
  requireEqual,
  requireEveryChangeRefused,
  requireRefused,
  type Suite,
} from "./portable.ts";
import { deal, newDirect, newRoom } from "./rooms.ts";

export const chainSuite: Suite = {
  name: "record chain",
  cases: {
    "starts a direct conversation that both accept alike": async () => {
      const [alice, bob] = [await newPerson(), await newPerson()];
      const { created, conversation, key, boxes } = await newDirect(alice, bob);
      const { state } = await acceptRecord(null, created.bytes, directory(alice, bob));
      requireEqual(state.conversation, conversation);
      requireEqual(state.members.size, 2);
      requireBytes(state.head, await recordHash(created.bytes));
      const box = boxes.get(bob.account);
      if (!box) throw new Error("no box for bob");
      const context = {
        purpose: "conversation-key",
        account: bob.account,
        object: idToBytes(conversation),
        epoch: 1,
      } as const;
      const opened = await openBox(bob.transport, context, box);
      if (!opened) throw new Error("not bob's box");
      requireBytes(await requireCommitted(opened, state), key);
      const meeting = await newDirect(bob, alice);
      requireEqual(meeting.conversation, conversation);
    },
    "refuses every changed bit and length": async () => {
      const [alice, bob] = [await newPerson(), await newPerson()];
      const { created } = await newDirect(alice, bob);
      const find = directory(alice, bob);
      await requireEveryChangeRefused(created.bytes, (changed) => acceptRecord(null, changed, find));
    },
    "refuses another signer, a missing certificate and the wrong one": async () => {
      const [alice, bob] = [await newPerson(), await newPerson()];
      const { created, boxes } = await newDirect(alice, bob);
      const mallory = await newPerson();
      await requireRefused(
        acceptRecord(null, created.bytes, () => mallory.key.publicKey),
        "bad-signature",
      );
      await requireRefused(
        acceptRecord(null, created.bytes, () => null),
        "unknown-signer",
      );
      const stolen = { ...alice, certificateHash: mallory.certificateHash };
      const { entries } = await deal(created.state.conversation, 2, [alice, bob]);
      requireEqual(boxes.size, 2);
      const draft = { kind: "rotate", keyCommitment: randomBytes(32), boxes: entries, time: 2 } as const;
      await requireRefused(continueConversation(created.state, draft, stolen), "wrong-certificate");
    },
    "refuses a key other than the committed one": async () => {
      const [alice, bob] = [await newPerson(), await newPerson()];
      const { created, key } = await newDirect(alice, bob);
      await requireRefused(requireCommitted(randomBytes(32), created.state), "wrong-commitment");
      await requireRefused(requireCommitted(key, { ...created.state, keyEpoch: 2 }), "wrong-commitment");
      await requireRefused(requireCommitted(key.slice(1), created.state), "malformed");
    },
    "lets one of two concurrent rotations win, and refuses replays and forks": async () => {
      const [alice, bob] = [await newPerson(), await newPerson()];
      const { created, conversation } = await newDirect(alice, bob);
      const rotate = async (author: typeof alice, time: number) => {
        const { entries, commitment } = await deal(conversation, 2, [alice, bob]);
        return continueConversation(
          created.state,
          { kind: "rotate", keyCommitment: commitment, boxes: entries, time },
          author,
        );
      };
      const [first, second] = [await rotate(alice, 2), await rotate(bob, 3)];
      const find = directory(alice, bob);
      const { state } = await acceptRecord(created.state, first.bytes, find);
      requireEqual(state.keyEpoch, 2);
      requireEqual(state.keyEpochTime, 2);
      for (const late of [second, first, created]) {
        await requireRefused(acceptRecord(state, late.bytes, find), "wrong-chain");
      }
      await requireRefused(acceptRecord(null, first.bytes, find), "wrong-chain");
    },
    "takes a renewed certificate from its owner only": async () => {
      const [alice, bob] = [await newPerson(), await newPerson()];
      const { created, conversation } = await newDirect(alice, bob);
      const renewed = { ...bob, ...(await newSigningEpoch(bob, 2)) };
      const { entries, commitment } = await deal(conversation, 2, [alice, bob]);
      const { account, certificateHash } = renewed;
      const draft = {
        kind: "rotate",
        changes: [{ operation: "update", account, role: "owner", certificateHash }],
        keyCommitment: commitment,
        boxes: entries,
        time: 2,
      } as const;
      await requireRefused(continueConversation(created.state, draft, alice), "not-allowed");
      const { bytes } = await continueConversation(created.state, draft, renewed);
      const { state } = await acceptRecord(created.state, bytes, directory(alice, renewed));
      requireBytes(state.members.get(account)?.certificateHash ?? null, certificateHash);
    },
    "keeps the key when a member leaves, and asks the next sender to rotate": async () => {
      const [alice, bob] = [await newPerson(), await newPerson()];
      const { created } = await newDirect(alice, bob);
      const left = await continueConversation(
        created.state,
        { kind: "remove", changes: [{ operation: "remove", account: bob.account }], time: 2 },
        bob,
      );
      const { state } = await acceptRecord(created.state, left.bytes, directory(alice, bob));
      requireEqual(state.rotationDue, true);
      requireEqual(state.keyEpoch, 1);
      const { entries, commitment } = await deal(state.conversation, 2, [alice]);
      const draft = { kind: "rotate", keyCommitment: commitment, boxes: entries, time: 3 } as const;
      const rotated = await continueConversation(state, draft, alice);
      requireEqual(rotated.state.rotationDue, false);
      await requireRefused(continueConversation(state, draft, bob), "not-allowed");
    },
    "binds its boxes: none missing, none more, none for an outsider": async () => {
      const [owner, member, outsider] = [await newPerson(), await newPerson(), await newPerson()];
      const { created, conversation } = await newRoom([
        [owner, "owner"],
        [member, "member"],
      ]);
      const { entries } = await deal(conversation, 1, [owner, member, outsider]);
      const lists = [entries.slice(0, 1), entries, [...entries.slice(0, 2), ...entries.slice(1, 2)]];
      for (const list of lists) {
        const record = { ...created.record, boxListHash: await boxListHash(list) };
        await requireRefused(requireBoxList({ ...created, record }, list), "not-allowed");
      }
      await requireRefused(requireBoxList(created, entries.slice(0, 2)), "wrong-chain");
    },
  },
};
