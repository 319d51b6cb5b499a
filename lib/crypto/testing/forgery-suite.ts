import { type Bytes, concat, u32 } from "../../base/bytes.ts";
import { encodeFields } from "../../base/fields.ts";
import { type ConversationId, type DeviceId, idToBytes, type MessageId, newId } from "../../base/ids.ts";
import { type EnvelopeHeader, encodeEnvelopeHeader } from "../../protocol/layout/envelope.ts";
import { label } from "../../protocol/layout/label.ts";
import { type ConversationRecord, encodeRecord, encodeRecordBody } from "../../protocol/layout/record.ts";
import { requireBoxList } from "../box-list.ts";
import { acceptRecord } from "../chain.ts";
import type { CryptoErrorCode } from "../errors.ts";
import { encodePaddedInner, messageSignatureInput } from "../inner-message.ts";
import { openMessage } from "../message.ts";
import { sealOnce } from "../one-use-key.ts";
import { continueConversation } from "../record.ts";
import { sign } from "../signature.ts";
import { randomBytes } from "../webcrypto.ts";
import { directory, newPerson, type Person } from "./people.ts";
import { requireEqual, requireRefused, type Suite } from "./portable.ts";
import { asMembers, deal, newDirect, newRoom, WEEK_POLICY } from "./rooms.ts";

/** A record as a member with a modified client would sign it: valid signature, wrong content. */
async function resign(
  record: ConversationRecord,
  changes: Partial<ConversationRecord>,
  author: Person,
): Promise<Bytes> {
  const signed = encodeRecordBody({ ...record, ...changes });
  return encodeRecord(signed, await sign(author.key, signed));
}

type Forgery = readonly [Partial<ConversationRecord>, CryptoErrorCode];

/** What a member can sign and everybody else must refuse all the same. */
export const forgerySuite: Suite = {
  name: "well-signed forgeries",
  cases: {
    "of the record after": async () => {
      const [alice, bob, eve] = [await newPerson(), await newPerson(), await newPerson()];
      const { created, conversation } = await newRoom([
        [alice, "owner"],
        [bob, "member"],
      ]);
      const { entries, commitment } = await deal(conversation, 2, [alice, bob]);
      const draft = { kind: "rotate", keyCommitment: commitment, boxes: entries, time: 2 } as const;
      const { record } = await continueConversation(created.state, draft, alice);
      const find = directory(alice, bob);
      const untouched = await resign(record, {}, alice);
      requireEqual((await acceptRecord(created.state, untouched, find)).state.number, 2);
      const joining = [...asMembers([[eve, "member"]])].map(([account, member]) => ({ account, ...member }));
      const forgeries: readonly Forgery[] = [
        [{ conversation: newId<ConversationId>() }, "wrong-chain"],
        [{ type: "public-room" }, "wrong-chain"],
        [{ number: 3 }, "wrong-chain"],
        [{ previous: randomBytes(32) }, "wrong-chain"],
        [{ keyEpoch: 1 }, "wrong-chain"],
        [{ keyEpoch: 3 }, "wrong-chain"],
        [{ keyCommitment: created.state.keyCommitment }, "wrong-chain"],
        [{ membersHash: randomBytes(32) }, "wrong-chain"],
        [{ kind: "policy" }, "wrong-chain"],
        [{ kind: "create" }, "not-allowed"],
        [{ policy: { ...WEEK_POLICY, history: "all" } }, "not-allowed"],
        [{ changes: joining.map((change) => ({ operation: "add", ...change })) }, "not-allowed"],
        [{ author: bob.account }, "wrong-certificate"],
        [{ author: bob.account, authorCertificate: bob.certificateHash }, "bad-signature"],
        [{ author: eve.account }, "not-allowed"],
      ];
      for (const [changes, code] of forgeries) {
        await requireRefused(acceptRecord(created.state, await resign(record, changes, alice), find), code);
      }
    },
    "of the first record": async () => {
      const [alice, bob, eve] = [await newPerson(), await newPerson(), await newPerson()];
      const { record } = (await newDirect(alice, bob)).created;
      const forgeries: readonly Forgery[] = [
        [{ conversation: newId<ConversationId>() }, "wrong-chain"],
        [{ conversation: (await newDirect(alice, eve)).conversation }, "wrong-chain"],
        [{ number: 2 }, "wrong-chain"],
        [{ previous: randomBytes(32) }, "wrong-chain"],
        [{ keyEpoch: 2 }, "wrong-chain"],
        [{ membersHash: randomBytes(32) }, "wrong-chain"],
        [{ kind: "add" }, "not-allowed"],
      ];
      for (const [changes, code] of forgeries) {
        const forged = await resign(record, changes, alice);
        await requireRefused(acceptRecord(null, forged, directory(alice, bob)), code);
      }
    },
    "of a key that changes where it must stay": async () => {
      const [alice, bob] = [await newPerson(), await newPerson()];
      const { created } = await newRoom([
        [alice, "owner"],
        [bob, "member"],
      ]);
      const draft = { kind: "policy", policy: { ...WEEK_POLICY, history: "all" }, time: 2 } as const;
      const { record } = await continueConversation(created.state, draft, alice);
      const forged = await resign(record, { keyCommitment: randomBytes(32) }, alice);
      await requireRefused(acceptRecord(created.state, forged, directory(alice, bob)), "wrong-chain");
    },
    "of leaving and removing at once": async () => {
      const [alice, bob, eve] = [await newPerson(), await newPerson(), await newPerson()];
      const { created, conversation } = await newRoom([
        [alice, "owner"],
        [bob, "owner"],
        [eve, "member"],
      ]);
      const { entries, commitment } = await deal(conversation, 2, [bob]);
      const changes = [alice, eve].map(({ account }) => ({ operation: "remove", account }) as const);
      const draft = { kind: "remove", changes, keyCommitment: commitment, boxes: entries, time: 2 } as const;
      await requireRefused(continueConversation(created.state, draft, alice), "not-allowed");
    },
    "of roles in a direct conversation": async () => {
      const [alice, bob] = [await newPerson(), await newPerson()];
      const { created } = await newDirect(alice, bob);
      const { account, certificateHash } = bob;
      const changes = [{ operation: "update", account, certificateHash, role: "member" }] as const;
      await requireRefused(
        continueConversation(created.state, { kind: "roles", changes, time: 2 }, alice),
        "not-allowed",
      );
    },
    "of a box list that names a history box twice": async () => {
      const [alice, late] = [await newPerson(), await newPerson()];
      const policy = { ...WEEK_POLICY, history: "all" } as const;
      const { created, conversation } = await newRoom([[alice, "owner"]], { policy });
      const second = await deal(conversation, 2, [alice]);
      const rotate = {
        kind: "rotate",
        keyCommitment: second.commitment,
        boxes: second.entries,
        time: 2,
      } as const;
      const { state } = await continueConversation(created.state, rotate, alice);
      const [now, earlier] = [await deal(conversation, 2, [late]), await deal(conversation, 1, [late])];
      const { account, certificateHash } = late;
      const changes = [{ operation: "add", account, certificateHash, role: "member" }] as const;
      const boxes = [...now.entries, ...earlier.entries];
      const added = await continueConversation(state, { kind: "add", changes, boxes, time: 3 }, alice);
      await requireBoxList(added, boxes);
      const twice = { kind: "add", changes, boxes: [...boxes, ...earlier.entries], time: 3 } as const;
      await requireRefused(continueConversation(state, twice, alice), "not-allowed");
    },
    "of a message with other padding": async () => {
      const [alice, bob] = [await newPerson(), await newPerson()];
      const { created, conversation, key } = await newDirect(alice, bob);
      const header: EnvelopeHeader = {
        kind: "message",
        conversation,
        sender: alice.account,
        message: newId<MessageId>(),
        keyEpoch: 1,
        recordHash: created.state.head,
        salt: randomBytes(32),
      };
      const headerBytes = encodeEnvelopeHeader(header);
      const statement = {
        device: newId<DeviceId>(),
        deviceSequence: 1,
        transcriptHead: randomBytes(32),
        transcriptPosition: 0,
        sentAt: 1,
      };
      const content = randomBytes(5);
      const signature = await sign(alice.key, await messageSignatureInput(headerBytes, statement, content));
      const inner = encodePaddedInner({ statement, content, signature });
      const names = [idToBytes(conversation), u32(1), idToBytes(alice.account), idToBytes(header.message)];
      const info = encodeFields(label("message"), ...names);
      const open = async (padded: Bytes) => {
        const sealed = await sealOnce({ secret: key, salt: header.salt, info, aad: headerBytes }, padded);
        return openMessage(concat(headerBytes, sealed), {
          conversation,
          findState: () => created.state,
          findConversationKey: () => key,
          findSigningKey: directory(alice, bob),
        });
      };
      requireEqual((await open(inner)).content.join(), content.join());
      const hidden = inner.slice();
      hidden[inner.length - 1] = 1;
      for (const padded of [hidden, concat(inner, new Uint8Array(16))])
        await requireRefused(open(padded), "malformed");
    },
  },
};
