import type { AccountId, ConversationId, SessionId } from "../../lib/base/ids.ts";
import type { Announcement } from "../../lib/protocol/announcements.ts";
import type { StoredMessage } from "../../lib/protocol/frames.ts";
import type { VaultEntryId } from "../../lib/protocol/layout/vault-entry.ts";
import type { Presence, Visibility } from "../../lib/protocol/visibility.ts";
import type { Person } from "../database/accounts.ts";

/** The connection that sent a message, and its number for the request. */
export interface Origin {
  readonly connection: string;
  readonly request: number;
}

/** What services tell the sockets, always after the commit. */
export type ServerEvent =
  | {
      readonly type: "message";
      readonly members: readonly AccountId[];
      readonly message: StoredMessage;
      /** Where it came from: that connection gets a receipt instead of a copy. */
      readonly origin: Origin;
    }
  | {
      readonly type: "receipt";
      readonly members: readonly AccountId[];
      readonly conversation: ConversationId;
      readonly account: AccountId;
      readonly delivered: number;
      readonly deliveredAt: number | null;
      /** What the others are shown. */
      readonly read: number;
      readonly readAt: number | null;
      /** What the account's own browsers are told in place of it. */
      readonly ownRead: number;
    }
  | {
      readonly type: "record";
      readonly members: readonly AccountId[];
      readonly conversation: ConversationId;
      readonly number: number;
    }
  /** An account's vault has a new key. */
  | { readonly type: "vault"; readonly account: AccountId }
  | {
      /** One entry of it was written. */
      readonly type: "vault-entry";
      readonly account: AccountId;
      readonly entry: VaultEntryId;
      readonly counter: number;
    }
  /** An account's identity was reset. */
  | { readonly type: "identity"; readonly members: readonly AccountId[]; readonly account: AccountId }
  | { readonly type: "person"; readonly members: readonly AccountId[]; readonly person: Person }
  | {
      /** Something that the person should hear of, in every session but the one that did it: a notice, or a report. */
      readonly type: "notice";
      readonly account: AccountId;
      readonly except: SessionId | null;
    }
  | {
      readonly type: "profile";
      readonly members: readonly AccountId[];
      readonly conversation: ConversationId;
      readonly revision: number;
    }
  | {
      /** Somebody asks to be let in; told to those who may. */
      readonly type: "join-request";
      readonly members: readonly AccountId[];
      readonly conversation: ConversationId;
    }
  | {
      readonly type: "muted";
      readonly account: AccountId;
      readonly conversation: ConversationId;
      readonly until: number | null;
    }
  | {
      /** A member left a conversation of two, a room was deleted, or a request to enter one was refused. */
      readonly type: "closed";
      readonly members: readonly AccountId[];
      readonly conversation: ConversationId;
    }
  | {
      /** Those who run the server let nothing new into a room, or again: browsers learn it from their heads. */
      readonly type: "archived";
      readonly members: readonly AccountId[];
      readonly conversation: ConversationId;
      readonly archived: boolean;
    }
  | {
      /** To these a room is offered that lost its owners, or not any more: their browsers learn it from their heads. */
      readonly type: "room-offer";
      readonly members: readonly AccountId[];
      readonly conversation: ConversationId;
    }
  /** What an account lets others see of it was changed. */
  | { readonly type: "visibility"; readonly account: AccountId; readonly visibility: Visibility }
  /** How a person looks to others now. */
  | { readonly type: "presence"; readonly account: AccountId; readonly presence: Presence }
  /** Who is to see nothing of that person, nor to be seen by them, in place of who was before. */
  | { readonly type: "hidden"; readonly account: AccountId; readonly from: readonly AccountId[] }
  /** Somebody who may write there is writing. */
  | { readonly type: "typing"; readonly conversation: ConversationId; readonly account: AccountId }
  | { readonly type: "session-ended"; readonly session: SessionId }
  /** Policies were set: to the other nodes, not to browsers. */
  | { readonly type: "policies" }
  /** Other access rules hold now: sockets are judged anew, here and at the other nodes. */
  | { readonly type: "access-rules" }
  /** What everybody is told now. */
  | { readonly type: "announcements"; readonly announcements: readonly Announcement[] };

export type Publish = (event: ServerEvent) => void;
