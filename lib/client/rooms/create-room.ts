import { type AccountId, type ConversationId, newId } from "../../base/ids.ts";
import { keyCommitment } from "../../crypto/key-commitment.ts";
import { type ConversationKey, newSecretKey } from "../../crypto/keys.ts";
import { createConversation } from "../../crypto/record.ts";
import { signRoomProfile } from "../../crypto/room-profile.ts";
import { sealRoomProfile } from "../../crypto/seal-room-profile.ts";
import { AppError } from "../../protocol/errors.ts";
import { createConversationAnswer } from "../../protocol/http/conversations.ts";
import type { Member } from "../../protocol/layout/member-change.ts";
import { LIMITS } from "../../protocol/limits.ts";
import { encodeRoomProfileJson } from "../../protocol/room-profile.ts";
import type { NewRoom, SealingProgress } from "../model-rooms.ts";
import { recordAuthor } from "../own-keys.ts";
import { sealKeys } from "../seal-keys.ts";
import { untilNoConflict } from "../until-no-conflict.ts";
import { fullPolicy } from "./room-policy.ts";
import type { RoomParts } from "./write-profile.ts";

/** Somebody replaces a transport key at the same time. */
const TRIES = 3;

/** @throws IdentityChangedError, CryptoError, AppError */
export async function createRoom(
  parts: RoomParts,
  room: NewRoom,
  onProgress?: SealingProgress,
): Promise<ConversationId> {
  const create = () => createOnce(parts, room, onProgress);
  const conversation = await untilNoConflict(TRIES, create, parts.vault.refresh);
  await parts.relist();
  return conversation;
}

async function createOnce(
  { api, platform, vault, identities }: RoomParts,
  room: NewRoom,
  onProgress?: SealingProgress,
): Promise<ConversationId> {
  const self = vault.account;
  const accounts: AccountId[] = [...new Set([self, ...room.people])];
  if (accounts.length > LIMITS.roomMembers) throw new AppError("room-full");
  const theirs = await identities.refreshAll(accounts);
  const author = await recordAuthor(self, vault.root());
  const conversation = newId<ConversationId>(platform.now());
  const key = newSecretKey<ConversationKey>();
  const recipients = accounts.map((account, i) => ({
    account,
    transportKey: theirs[i]?.transportKey ?? null,
  }));
  const sealed = await sealKeys(platform, conversation, recipients, new Map([[1, key]]), 1, onProgress);
  const record = await createConversation(
    {
      conversation,
      type: room.kind,
      members: new Map(
        accounts.map((account, i): [AccountId, Member] => {
          if (account === self) return [self, { role: "owner", certificateHash: author.certificateHash }];
          const certificateHash = theirs[i]?.newestCertificateHash ?? author.certificateHash;
          return [account, { role: "member", certificateHash }];
        }),
      ),
      policy: fullPolicy({ ...room, slowSeconds: 0 }),
      keyCommitment: await keyCommitment(key, conversation, 1),
      boxes: sealed.entries,
      time: platform.now(),
    },
    author,
  );
  const revision = 1;
  const signed = await signRoomProfile(author.key, {
    conversation,
    author: self,
    recordHash: record.state.head,
    revision,
    json: encodeRoomProfileJson({ name: room.name, topic: room.topic, pins: [], invitations: [] }),
  });
  const place = { conversation, keyEpoch: 1, revision };
  const profile = room.kind === "public-room" ? signed : await sealRoomProfile(signed, key, place);
  const body = { record: record.bytes, boxes: sealed.boxes, profile };
  await api.post("/api/conversations", body, createConversationAnswer);
  // Not waited for: one's own box opens as well.
  vault.saveConversationKey(conversation, 1, key).catch(() => {});
  return conversation;
}
