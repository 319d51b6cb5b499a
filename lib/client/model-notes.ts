import type { AccountId, ConversationId, MessageId } from "../base/ids.ts";
import type { Content, MessageRef } from "../protocol/content.ts";
import type { MessageBody } from "./model-messages.ts";

/** What one keeps for oneself, the same in all of one's browsers, and that nobody else sees. Times in milliseconds since 1970. */

/** Unsent words. An empty text: there are none since then. */
export interface Draft {
  readonly text: string;
  /** Grows with every change, whichever browser makes it. */
  readonly at: number;
}

export interface Star extends MessageRef {
  /** When it was given. */
  readonly at: number;
}

/** A message with a star, as it is listed. */
export interface StarredMessage {
  readonly conversation: ConversationId;
  readonly id: MessageId;
  readonly seq: number;
  readonly sender: AccountId;
  /** When it was stored. */
  readonly at: number;
  /** The number of the message whose thread it stands in; null by itself. */
  readonly thread: number | null;
  readonly body: MessageBody;
}

/** A message that is to be sent later. */
export interface Scheduled {
  /** The one that it is to have. */
  readonly id: MessageId;
  readonly content: Content;
  readonly at: number;
  /** Which tab sends it, and since when. Whoever finds an old one may take it over. */
  readonly claim?: { readonly by: string; readonly at: number } | undefined;
}

/** Of which messages one is told. */
export type Notify = "all" | "mentions" | "none";

/** Mutes until it is turned off. */
export const FOREVER = Number.MAX_SAFE_INTEGER;

export interface ConversationNotes {
  readonly draft: Draft | null;
  /** In the order in which they were given. */
  readonly stars: readonly Star[];
  readonly notify: Notify;
  /** Until then one is told of nothing; null or a time in the past for a conversation that is not muted. */
  readonly mutedUntil: number | null;
  readonly scheduled: readonly Scheduled[];
}

export const NO_NOTES: ConversationNotes = {
  draft: null,
  stars: [],
  notify: "all",
  mutedUntil: null,
  scheduled: [],
};

/** One is told of nothing then. Over midnight where `to` is not after `from`; it belongs to the day on which it begins. */
export interface QuietTime {
  /** Minutes since midnight, by the clock of the browser one looks at. */
  readonly from: number;
  readonly to: number;
  /** 0 is Sunday. */
  readonly days: readonly number[];
}

/** What a notification shows to whoever looks at the screen. */
export type NotificationPreview = "text" | "name" | "nothing";

export interface Settings {
  readonly preview: NotificationPreview;
  readonly quiet: QuietTime | null;
  readonly blocked: readonly AccountId[];
}

export const DEFAULT_SETTINGS: Settings = { preview: "text", quiet: null, blocked: [] };

/** How many stars one conversation holds. */
export const MAX_STARS = 300;

/** As many are listed at once. */
export const MOST_STARRED = 100;

/** How many messages wait in one conversation, and how long at most. */
export const MAX_SCHEDULED = 50;
export const LONGEST_WAIT_MS = 365 * 24 * 3_600_000;

/** Messages that leave later, from whichever of one's browsers is open then. Each rejects with AppError. */
export interface Scheduling {
  /** Keeps a text. @param at between now and a year from now */
  add(conversation: ConversationId, content: Content, at: number): Promise<void>;
  /** @returns false when it is being sent, or was */
  remove(conversation: ConversationId, message: MessageId): Promise<boolean>;
  /** Its time is now. */
  sendNow(conversation: ConversationId, message: MessageId): Promise<void>;
}

/** Unsent text by conversation: sealed on this device at once, in the vault a little later. */
export interface Drafts {
  /** The newest, wherever it was written; empty when there is none. */
  read(conversation: ConversationId): Promise<string>;
  /** @param text an empty one removes the draft @param leaving nothing will be typed for a while */
  keep(conversation: ConversationId, text: string, leaving?: boolean): Promise<void>;
}

/** Changing it. Every change is on the server, sealed, when its promise resolves; each rejects with AppError. */
export interface Notes {
  readonly drafts: Drafts;
  readonly scheduling: Scheduling;
  /**
   * @param change sees what is there by then, another browser's writes too, and may run more than once; the same object
   *   changes nothing
   * @throws AppError "too-large" when it would not fit into one entry of the vault
   */
  update(
    conversation: ConversationId,
    change: (before: ConversationNotes) => ConversationNotes,
  ): Promise<void>;
  /**
   * What has a star, newest star first, at most `MOST_STARRED`. What cannot be read, was deleted or is not there any more is left
   * out. @throws AppError
   */
  starred(): Promise<readonly StarredMessage[]>;
  /** As `update`. */
  updateSettings(change: (before: Settings) => Settings): Promise<void>;
}
