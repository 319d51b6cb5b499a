import type { AccountId } from "../../base/ids.ts";
import type { ConversationInfo } from "../../protocol/http/conversations.ts";
import { parseRecord } from "../../protocol/layout/record.ts";
import type { AccountParts } from "../account/parts.ts";

type Member = ConversationInfo["members"][number];

/** Everybody who was ever in a room, by its records: who left is still named beside what they wrote. */
export async function roomPeople(
  { identities }: Pick<AccountParts, "identities">,
  { members }: Pick<ConversationInfo, "members">,
  records: readonly Uint8Array[],
): Promise<Member[]> {
  const accounts = new Set<AccountId>();
  for (const bytes of records)
    for (const { operation, account } of parseRecord(bytes).changes)
      if (operation === "add") accounts.add(account);
  await identities.prepare([...accounts]);
  const listed = new Map(members.map((member) => [member.id, member]));
  const people = [...accounts].map(async (account): Promise<Member | null> => {
    const known = listed.get(account);
    if (known) return known;
    const person = await identities.person(account).catch(() => null);
    return person && { ...person, deliveredSeq: 0, readSeq: 0, deliveredAt: null, readAt: null };
  });
  return (await Promise.all(people)).flatMap((person) => person ?? []);
}
