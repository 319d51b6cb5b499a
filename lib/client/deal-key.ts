import type { Bytes } from "../base/bytes.ts";
import { type AccountId, type ConversationId, idToBytes } from "../base/ids.ts";
import { type BoxListEntry, boxListEntry } from "../crypto/box-list.ts";
import { keyCommitment } from "../crypto/key-commitment.ts";
import { type ConversationKey, newSecretKey } from "../crypto/keys.ts";
import { sealBox } from "../crypto/sealed-box.ts";
import { AppError } from "../protocol/errors.ts";

/** A fresh conversation key, sealed to each member. */
export interface DealtKey {
  readonly key: ConversationKey;
  readonly commitment: Bytes;
  readonly boxes: readonly { readonly account: AccountId; readonly box: Bytes }[];
  /** The boxes as a record vouches for them. */
  readonly entries: readonly BoxListEntry[];
}

/**
 * @param recipients members and their transport keys (1216 bytes each)
 * @throws AppError "not-found" when a member's account is gone
 */
export async function dealKey(
  conversation: ConversationId,
  keyEpoch: number,
  recipients: readonly { readonly account: AccountId; readonly transportKey: Bytes | null }[],
): Promise<DealtKey> {
  const key = newSecretKey<ConversationKey>();
  const boxes = await Promise.all(
    recipients.map(async ({ account, transportKey }) => {
      if (!transportKey) throw new AppError("not-found", "the account is gone");
      const object = idToBytes(conversation);
      const context = { purpose: "conversation-key", account, object, epoch: keyEpoch } as const;
      return { account, box: await sealBox(transportKey, context, key) };
    }),
  );
  return {
    key,
    commitment: await keyCommitment(key, conversation, keyEpoch),
    boxes,
    entries: await Promise.all(boxes.map(({ account, box }) => boxListEntry(account, keyEpoch, box))),
  };
}
