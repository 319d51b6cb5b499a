import { type Bytes, equalBytes } from "../base/bytes.ts";
import type { AccountId } from "../base/ids.ts";
import type { Member } from "../protocol/layout/member-change.ts";
import type { ConversationKeys } from "./key-book.ts";

/** A key epoch ends after this many messages, more in a large room. */
const MESSAGES = 1_000;
const MESSAGES_PER_MEMBER = 20;

/** No clock is that wrong: a key epoch that begins later yet would never end by its age. */
const FURTHEST_AHEAD_MS = 30 * 86_400_000;

export interface RotationFacts {
  readonly account: AccountId;
  /** Of one's newest signing certificate. */
  readonly certificateHash: Bytes;
  /** The newest message's number. */
  readonly lastSeq: number;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** How long the server keeps any message, in seconds; 0 without end. */
  readonly longestRetention: number;
}

/** Whether the next sender changes the key first (docs/protocol.md §4.5). */
export function isRotationDue(keys: ConversationKeys, facts: RotationFacts): boolean {
  const { state, keyEpochSeq } = keys;
  const { members, keyEpochTime, policy } = state;
  // As for the policy's own retention: a key epoch is the unit of shredding.
  const tenth = facts.longestRetention > 0 ? facts.longestRetention / 10 : Number.POSITIVE_INFINITY;
  return (
    isRotationUrgent(keys, facts) ||
    facts.now - keyEpochTime >= Math.min(policy.rotationSeconds, tenth) * 1000 ||
    keyEpochTime - facts.now > FURTHEST_AHEAD_MS ||
    facts.lastSeq - keyEpochSeq >= Math.max(MESSAGES, MESSAGES_PER_MEMBER * members.size)
  );
}

/** Whether nothing at all is sent under the present key: somebody may have it who must not, or nobody chose it. */
export function isRotationUrgent(
  { state, isOutdated }: ConversationKeys,
  { account, certificateHash }: Pick<RotationFacts, "account" | "certificateHash">,
): boolean {
  return state.rotationDue || isOutdated || listsAnother(state.members.get(account), certificateHash);
}

/** Whether the conversation still lists a certificate from before a renewal. */
export function listsAnother(member: Member | undefined, certificateHash: Bytes): boolean {
  return member !== undefined && !equalBytes(member.certificateHash, certificateHash);
}
