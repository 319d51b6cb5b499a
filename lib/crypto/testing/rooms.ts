import type { Bytes } from "../../base/bytes.ts";
import { type AccountId, type ConversationId, idToBytes, newId } from "../../base/ids.ts";
import type { Member, Role } from "../../protocol/layout/member-change.ts";
import type { Policy } from "../../protocol/layout/policy.ts";
import type { ConversationType } from "../../protocol/layout/record.ts";
import { type BoxListEntry, boxListEntry } from "../box-list.ts";
import { directConversationId } from "../direct-conversation.ts";
import { keyCommitment } from "../key-commitment.ts";
import { type ConversationKey, newSecretKey } from "../keys.ts";
import { createConversation, type SignedRecord } from "../record.ts";
import { sealBox } from "../sealed-box.ts";
import type { Person } from "./people.ts";

export const WEEK_POLICY: Policy = {
  retentionSeconds: 0,
  rotationSeconds: 7 * 86_400,
  history: "since-joining",
  posting: "everyone",
  slowSeconds: 0,
};

export interface Room {
  readonly conversation: ConversationId;
  readonly key: ConversationKey;
  readonly created: SignedRecord;
  readonly boxes: ReadonlyMap<AccountId, Bytes>;
}

export function asMembers(roles: readonly (readonly [Person, Role])[]): ReadonlyMap<AccountId, Member> {
  return new Map(roles.map(([{ account, certificateHash }, role]) => [account, { role, certificateHash }]));
}

/** A fresh key of `conversation`, sealed to `people`. */
export async function deal(conversation: ConversationId, keyEpoch: number, people: readonly Person[]) {
  const key = newSecretKey<ConversationKey>();
  const boxes = new Map<AccountId, Bytes>();
  const entries: BoxListEntry[] = [];
  for (const { account, transport } of people) {
    const context = {
      purpose: "conversation-key",
      account,
      object: idToBytes(conversation),
      epoch: keyEpoch,
    } as const;
    const box = await sealBox(transport.publicKey, context, key);
    boxes.set(account, box);
    entries.push(await boxListEntry(account, keyEpoch, box));
  }
  return { key, boxes, entries, commitment: await keyCommitment(key, conversation, keyEpoch) };
}

export async function newRoom(
  roles: readonly (readonly [Person, Role])[],
  options: { type?: ConversationType; policy?: Policy } = {},
): Promise<Room> {
  const { type = "private-room", policy = WEEK_POLICY } = options;
  const [author, other] = roles.map(([person]) => person);
  if (!author) throw new Error("a room has members");
  const conversation =
    type === "direct" && other
      ? await directConversationId(author.account, other.account)
      : newId<ConversationId>();
  const people = roles.map(([person]) => person);
  const { key, boxes, entries, commitment } = await deal(conversation, 1, people);
  const created = await createConversation(
    {
      conversation,
      type,
      members: asMembers(roles),
      policy,
      keyCommitment: commitment,
      boxes: entries,
      time: 1000,
    },
    author,
  );
  return { conversation, key, created, boxes };
}

export function newDirect(a: Person, b: Person): Promise<Room> {
  return newRoom(
    [
      [a, "owner"],
      [b, "owner"],
    ],
    { type: "direct" },
  );
}
