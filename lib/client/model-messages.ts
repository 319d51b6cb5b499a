import type { AccountId, MessageId } from "../base/ids.ts";
import type { AttachedFile, MessageRef, Remark } from "../protocol/content.ts";
import type { ErrorCode } from "../protocol/errors.ts";

/** Messages as views see them: what was said, with everything that was said about it since. */

/** Of one's own messages: on its way, refused for good, durable on the server, on everybody's device, seen by all. */
export type DeliveryState = "pending" | "failed" | "stored" | "delivered" | "read";

/** Why a message cannot be shown (docs/protocol.md §5). */
export type OpenFailure =
  | "waiting-for-key"
  | "unknown-sender"
  | "bad-signature"
  | "malformed"
  /** Sealed for keys of one's own that a reset has replaced. */
  | "earlier-keys"
  /** Its sender's identity changed, and was not accepted here yet. */
  | "unaccepted-identity";

export type MessageBody =
  | {
      readonly kind: "text";
      /** As last edited. */
      readonly text: string;
      /** The words before each edit, oldest first; empty for a message as it was first sent. */
      readonly earlier: readonly Version[];
      /** Said of oneself in the third person (/me). */
      readonly action: boolean;
      readonly forwarded: boolean;
      /** The text may be empty beside them. */
      readonly files: readonly AttachedFile[];
    }
  | {
      readonly kind: "poll";
      readonly question: string;
      readonly options: readonly PollOption[];
      readonly multiple: boolean;
      readonly voters: number;
    }
  | { readonly kind: "unreadable"; readonly reason: OpenFailure }
  /** Its content is gone for good. `by` is null where only the server's word is left. */
  | { readonly kind: "deleted"; readonly by: AccountId | null };

export interface Version {
  readonly text: string;
  readonly at: number;
}

export interface PollOption {
  readonly text: string;
  readonly people: readonly AccountId[];
}

export interface Reaction {
  readonly emoji: string;
  /** In the order in which they came. */
  readonly people: readonly AccountId[];
}

/** What a message answers. `message` is null while it is not loaded, or not there for this person. */
export interface Quote {
  readonly ref: MessageRef;
  readonly message: Pick<Message, "sender" | "body"> | null;
}

export interface Message {
  readonly id: MessageId;
  /** Position in the conversation; null until the server has stored it. */
  readonly seq: number | null;
  readonly sender: AccountId;
  readonly mine: boolean;
  /** Milliseconds since 1970: the server's time once stored, this browser's before. */
  readonly at: number;
  readonly body: MessageBody;
  /** Null for other people's messages. */
  readonly delivery: DeliveryState | null;
  /** Set when delivery is "failed". */
  readonly failure: ErrorCode | null;
  readonly reply: Quote | null;
  /** Set for an answer in a thread: the message that the thread hangs on. */
  readonly thread: MessageRef | null;
  /** Set for the message that a thread hangs on. */
  readonly replies: { readonly count: number; readonly lastAt: number } | null;
  readonly reactions: readonly Reaction[];
  /** Whether it names this person, or everybody. */
  readonly mentionsMe: boolean;
  /** What one said about it and the server refused for good: not shown above, to be tried again or discarded. */
  readonly refused: readonly RefusedRemark[];
}

/** An edit, a deletion, a reaction or a vote of one's own; `retry` and `discard` take its id. */
export interface RefusedRemark {
  readonly id: MessageId;
  readonly type: Remark["type"];
  readonly failure: ErrorCode;
}

/** How far somebody has received and read: everything up to these places. */
export interface Places {
  readonly delivered: number;
  readonly read: number;
}

/** With when each of these last moved, in milliseconds since 1970; null where nobody wrote that down. */
export interface Positions extends Places {
  readonly deliveredAt: number | null;
  readonly readAt: number | null;
}
