import type { AccountId, ConversationId } from "../../base/ids.ts";
import type { ChainState } from "../../crypto/chain-state.ts";
import { standingAbove } from "../../crypto/members.ts";
import { appendRecord, type Intent } from "../append-record.ts";
import type { Identities } from "../identities.ts";
import type { Rooms } from "../model-rooms.ts";
import { isGone } from "../succession.ts";
import type { RoomParts } from "./write-profile.ts";

/**
 * The record by which somebody becomes the owner of a room that lost all of its owners: of those who signed that they left, a
 * role is enough; those whose accounts ended without it are removed in the same record.
 * @returns null where it is not theirs to take: somebody above them is there, or it has an owner
 */
export async function successionOf(
  { members }: Pick<ChainState, "members">,
  self: AccountId,
  identities: Pick<Identities, "prepare" | "person" | "offered">,
): Promise<Intent | null> {
  const own = members.get(self);
  if (!own || own.role === "owner") return null;
  const above = standingAbove(members, self);
  const heir = { operation: "update", account: self, ...own, role: "owner" } as const;
  if (above.length === 0) return { kind: "roles", changes: [heir] };
  await identities.prepare(above);
  for (const account of above) if (!(await isGone(account, identities))) return null;
  const removed = above.map((account) => ({ operation: "remove", account }) as const);
  return { kind: "succession", changes: [heir, ...removed] };
}

/** Taking over a room that lost its owners, or not. */
export function createSuccessionActions(parts: RoomParts): Pick<Rooms, "takeOver" | "declineOffer"> {
  const { api, identities, reopen, vault } = parts;
  return {
    async takeOver(room: ConversationId, onProgress) {
      const taken = await appendRecord(
        parts,
        room,
        ({ state }) => successionOf(state, vault.account, identities),
        { onProgress },
      );
      await reopen(room);
      return taken;
    },

    declineOffer: (room) => api.send("DELETE", `/api/conversations/${room}/offer`, {}),
  };
}
