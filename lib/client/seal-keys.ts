import type { Bytes } from "../base/bytes.ts";
import { type AccountId, type ConversationId, idToBytes } from "../base/ids.ts";
import { type BoxListEntry, boxListEntry } from "../crypto/box-list.ts";
import type { ConversationKey } from "../crypto/keys.ts";
import { newBoxKey } from "../crypto/sealed-box.ts";
import type { SealingProgress } from "./model-rooms.ts";
import type { Platform } from "./platform.ts";
import { type BoxRequest, sealerHere } from "./seal-batch.ts";

/** A member, and the transport key (1216 bytes) that their box is for; null once the account is gone. */
export interface Recipient {
  readonly account: AccountId;
  readonly transportKey: Bytes | null;
}

export interface SealedKeys {
  /** As they are sent; `keyEpoch` only where it is not the record's own. */
  readonly boxes: readonly {
    readonly account: AccountId;
    readonly keyEpoch?: number;
    readonly box: Bytes;
  }[];
  /** The boxes as a record vouches for them. */
  readonly entries: readonly BoxListEntry[];
}

/** Up to so many boxes, starting a worker takes longer than sealing. */
const SEALED_HERE = 8;
const BATCH = 20;

/**
 * @param keys by key epoch, the record's own among them: each recipient gets all
 * Whoever's account is gone gets boxes that nobody opens: nobody need remove them first, and the record has a box for
 * each member as ever.
 * @param keyEpoch the record's own
 */
export async function sealKeys(
  platform: Pick<Platform, "startSealer">,
  conversation: ConversationId,
  recipients: readonly Recipient[],
  keys: ReadonlyMap<number, ConversationKey>,
  keyEpoch: number,
  onProgress?: SealingProgress,
): Promise<SealedKeys> {
  const object = idToBytes(conversation);
  const requests: (BoxRequest & { readonly account: AccountId })[] = [];
  for (const { account, transportKey } of recipients) {
    const publicKey = transportKey ?? (await newBoxKey()).publicKey;
    for (const [epoch, plaintext] of keys) {
      const context = { purpose: "conversation-key", account, object, epoch } as const;
      requests.push({ account, publicKey, context, plaintext });
    }
  }
  const sealed: Bytes[] = [];
  const sealer = requests.length > SEALED_HERE ? await platform.startSealer() : sealerHere;
  try {
    onProgress?.(0, requests.length);
    while (sealed.length < requests.length) {
      sealed.push(...(await sealer.seal(requests.slice(sealed.length, sealed.length + BATCH))));
      onProgress?.(sealed.length, requests.length);
    }
  } finally {
    sealer.end();
  }
  const boxes = requests.map(({ account, context: { epoch } }, i) => {
    const box = sealed[i] as Bytes;
    return epoch === keyEpoch ? { account, box } : { account, keyEpoch: epoch, box };
  });
  const entries = await Promise.all(
    boxes.map(({ account, keyEpoch: epoch = keyEpoch, box }) => boxListEntry(account, epoch, box)),
  );
  return { boxes, entries };
}
