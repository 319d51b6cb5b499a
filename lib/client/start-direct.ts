import type { AccountId, ConversationId } from "../base/ids.ts";
import { directConversationId } from "../crypto/direct-conversation.ts";
import { keyCommitment } from "../crypto/key-commitment.ts";
import { type ConversationKey, newSecretKey } from "../crypto/keys.ts";
import { createConversation } from "../crypto/record.ts";
import { AppError } from "../protocol/errors.ts";
import { createConversationAnswer } from "../protocol/http/conversations.ts";
import type { RecordDeps } from "./append-record.ts";
import { recordAuthor } from "./own-keys.ts";
import { sealKeys } from "./seal-keys.ts";

/** Direct conversations keep their messages, and change key at least weekly. */
const DIRECT_POLICY = {
  retentionSeconds: 0,
  rotationSeconds: 7 * 86_400,
  history: "since-joining",
  posting: "everyone",
  slowSeconds: 0,
} as const;

/**
 * The one conversation with this person: theirs if they were faster.
 * @throws IdentityChangedError, CryptoError, AppError
 */
export async function startDirect(
  { api, vault, identities, platform }: Pick<RecordDeps, "api" | "vault" | "identities" | "platform">,
  peer: AccountId,
): Promise<ConversationId> {
  const self = vault.account;
  const conversation = await directConversationId(self, peer);
  const { newestCertificateHash, transportKey } = await identities.refresh(peer);
  const own = await identities.refresh(self);
  const key = newSecretKey<ConversationKey>();
  const recipients = [
    { account: self, transportKey: own.transportKey },
    { account: peer, transportKey },
  ];
  const { boxes, entries } = await sealKeys(platform, conversation, recipients, new Map([[1, key]]), 1);
  const author = await recordAuthor(self, vault.root());
  const record = await createConversation(
    {
      conversation,
      type: "direct",
      members: new Map([
        [self, { role: "owner", certificateHash: author.certificateHash }],
        [peer, { role: "owner", certificateHash: newestCertificateHash }],
      ]),
      policy: DIRECT_POLICY,
      keyCommitment: await keyCommitment(key, conversation, 1),
      boxes: entries,
      time: platform.now(),
    },
    author,
  );
  try {
    await api.post("/api/conversations", { record: record.bytes, boxes }, createConversationAnswer);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "conflict") throw error;
  }
  return conversation;
}
