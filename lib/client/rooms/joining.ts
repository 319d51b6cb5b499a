import { fromBase64url } from "../../base/encoding.ts";
import { type ConversationId, ID_BYTES, type InvitationId } from "../../base/ids.ts";
import { joinProof, signJoinRequest } from "../../crypto/join-request.ts";
import { AppError } from "../../protocol/errors.ts";
import { directoryAnswer } from "../../protocol/http/rooms.ts";
import type { Rooms } from "../model-rooms.ts";
import { recordAuthor } from "../own-keys.ts";
import { parseInvitationLink } from "./invitation-link.ts";
import type { RoomParts } from "./write-profile.ts";

type JoiningActions = Pick<Rooms, "directory" | "join" | "joinByLink" | "cancelJoining">;

interface Invited {
  readonly invitation: InvitationId;
  readonly secret: ReturnType<typeof fromBase64url> & object;
}

/** Asking to be let in: some member's browser answers (answer-joiners.ts). */
export function createJoiningActions({ api, platform, vault, store, relist }: RoomParts): JoiningActions {
  async function ask(conversation: ConversationId, invited: Invited | null): Promise<void> {
    const { account, certificateHash, key } = await recordAuthor(vault.account, vault.root());
    const joiner = { conversation, account, certificateHash };
    const request = await signJoinRequest(key, {
      ...joiner,
      invited: invited && {
        invitation: invited.invitation,
        proof: await joinProof(invited.secret, joiner),
      },
      time: platform.now(),
    });
    await api.send("POST", `/api/rooms/${conversation}/join`, { request });
    await relist();
  }

  const isHere = (room: ConversationId) => (store.get().conversations ?? []).some(({ id }) => id === room);

  return {
    async directory(text) {
      return (await api.get(`/api/rooms?q=${encodeURIComponent(text.trim())}`, directoryAnswer)).rooms;
    },

    join: (room) => ask(room, null),

    async joinByLink(link) {
      const parts = parseInvitationLink(link);
      const secret = parts && fromBase64url(parts.secret);
      const ids =
        parts && [parts.room, parts.invitation].every((id) => fromBase64url(id)?.length === ID_BYTES);
      if (!parts || secret?.length !== 32 || !ids) throw new AppError("bad-code", "no invitation");
      const room = parts.room as ConversationId;
      if (!isHere(room)) await ask(room, { invitation: parts.invitation as InvitationId, secret });
      return room;
    },

    async cancelJoining(room) {
      await api.send("DELETE", `/api/rooms/${room}/join`, {});
      await relist();
    },
  };
}
