import type { AccountId, ConversationId, FileId, MessageId } from "../../base/ids.ts";
import type { ConversationAlert, OpenFailure } from "../../client/model.ts";
import type { AttachedFile } from "../../protocol/content.ts";
import type { ConversationType } from "../../protocol/layout/record.ts";

/** What `sceau listen` prints, one a line; docs/headless.md promises these shapes. Times in milliseconds since 1970. */

export interface EventPerson {
  readonly id: AccountId;
  readonly name: string;
  readonly displayName: string;
}

/** `sceau save` has what is in it. Name and type are its sender's word. */
export interface EventFile {
  readonly id: FileId;
  readonly name: string;
  readonly size: number;
  readonly mediaType: string;
}

export const toEventFile = ({ id, name, size, mediaType }: AttachedFile): EventFile => ({
  ...{ id, name, size, mediaType },
});

/** Something that stands in a conversation at a place of its own. */
interface Placed {
  /** That of the sealed message: the same each time this event is told. */
  readonly id: MessageId;
  readonly conversation: ConversationId;
  readonly seq: number;
  readonly at: number;
  readonly sender: EventPerson | null;
  readonly mine: boolean;
}

export type StoredEvent = Placed &
  (
    | {
        readonly type: "message";
        readonly text: string;
        /** The number of the message that it answers, and of the one whose thread it stands in. */
        readonly reply: number | null;
        readonly thread: number | null;
        readonly mentionsMe: boolean;
        readonly action: boolean;
        readonly forwarded: boolean;
        readonly files: readonly EventFile[];
      }
    | {
        readonly type: "poll";
        readonly question: string;
        readonly options: readonly string[];
        readonly multiple: boolean;
      }
    | { readonly type: "edited"; readonly target: number; readonly text: string }
    | { readonly type: "deleted"; readonly target: number }
    | { readonly type: "reaction"; readonly target: number; readonly emoji: string; readonly on: boolean }
    | { readonly type: "vote"; readonly target: number; readonly choices: readonly number[] }
    | { readonly type: "unreadable"; readonly reason: OpenFailure }
  );

/** What is told of a conversation as a whole, each time it is another. */
export interface RoomEvent {
  readonly type: "room";
  readonly id: string;
  readonly conversation: ConversationId;
  readonly kind: ConversationType | null;
  readonly name: string;
  readonly topic: string;
  /** One's own; null between two people, and for who is no member any more. */
  readonly role: string | null;
  readonly members: number;
  readonly canSend: boolean;
  readonly alert: ConversationAlert | null;
  /** One is not in it any more, or it was deleted. */
  readonly gone: boolean;
}

export interface RecordEvent {
  readonly type: "record";
  readonly id: string;
  readonly conversation: ConversationId;
  /** Who is in it, or its key or rules, changed with this signed record. */
  readonly number: number;
}

export interface ReceiptEvent {
  readonly type: "receipt";
  readonly id: string;
  readonly conversation: ConversationId;
  readonly person: EventPerson;
  /** Everything up to these numbers has arrived there, and was read. */
  readonly delivered: number;
  readonly read: number;
}

export type FeedEvent = StoredEvent | RoomEvent | RecordEvent | ReceiptEvent;
