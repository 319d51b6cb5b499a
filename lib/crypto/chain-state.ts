import type { Bytes } from "../base/bytes.ts";
import type { AccountId, ConversationId } from "../base/ids.ts";
import type { Policy } from "../protocol/layout/policy.ts";
import type { ConversationType } from "../protocol/layout/record.ts";
import type { Members } from "./members.ts";

/** What a chain of records says after its newest one. Plain data: it survives structured clone. */
export interface ChainState {
  readonly conversation: ConversationId;
  readonly type: ConversationType;
  readonly number: number;
  /** SHA-256 of the newest record, signature included. */
  readonly head: Bytes;
  readonly keyEpoch: number;
  readonly keyCommitment: Bytes;
  /** When the key epoch began, by its author's clock. */
  readonly keyEpochTime: number;
  /** A member left and still holds the key: the next sender rotates first. */
  readonly rotationDue: boolean;
  readonly policy: Policy;
  readonly members: Members;
  /** Who must not be added. */
  readonly banned: ReadonlySet<AccountId>;
}
