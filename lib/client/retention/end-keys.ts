import type { ConversationId } from "../../base/ids.ts";
import type { RunningParts } from "../account/parts.ts";
import type { Remains } from "../conversation/remains.ts";
import type { ConversationKeys } from "../key-book.ts";
import { rotate } from "../rotation.ts";

/** So that of all members' browsers one changes the key of an empty conversation. */
const DIRECT_WAIT_MS = 5_000;
const MEMBER_WAIT_MS = 500;
const LONGEST_WAIT_MS = 120_000;

/**
 * Ends the keys whose messages are over (docs/protocol.md §7.4): in the vault and in memory. Where no message is left, the
 * key is changed first: else the present one would open what somebody kept.
 * @param remains what is left by now; null where one is not in it any more
 */
export async function endKeys(
  parts: RunningParts,
  conversation: ConversationId,
  remains: () => Remains | null,
): Promise<void> {
  const { book, clock, platform, vault } = parts;

  function isOver({ endOf }: ConversationKeys, epoch: number, left: Remains): boolean {
    const endedAt = endOf(epoch);
    if (endedAt === null) return false;
    if (left.isEmpty || (left.oldest !== null && epoch < left.oldest)) return true;
    return endedAt + left.seconds * 1000 <= clock.now();
  }

  async function forgetOld(): Promise<void> {
    const keys = await book.require(conversation);
    for (let epoch = 1; ; epoch++) {
      const left = remains();
      if (!left?.seconds || !isOver(keys, epoch, left)) return;
      // What never was in it needs no end there.
      if (await vault.findConversationKey(conversation, epoch))
        await vault.endConversationKey(conversation, epoch);
      keys.forgetKey(epoch);
    }
  }

  const isSpent = ({ keyEpochSeq }: Pick<ConversationKeys, "keyEpochSeq">) => {
    const left = remains();
    return left !== null && left.seconds > 0 && left.isEmpty && left.lastSeq > keyEpochSeq;
  };

  await platform.exclusive(`retention:${conversation}`, async () => {
    await forgetOld();
    const keys = await book.require(conversation);
    if (!isSpent(keys)) return;
    const members = keys.state.members.size;
    const longest = Math.min(LONGEST_WAIT_MS, DIRECT_WAIT_MS + MEMBER_WAIT_MS * members);
    await new Promise((resolve) => setTimeout(resolve, Math.random() * longest));
    await rotate(parts, conversation, isSpent);
    await parts.reopen(conversation);
    await forgetOld();
  });
}
