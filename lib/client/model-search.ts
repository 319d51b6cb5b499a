import type { AccountId, ConversationId } from "../base/ids.ts";

/** Searching as views see it. */

export interface SearchQuery {
  /** Words and "phrases", of which a message must have all; may be empty. */
  readonly text: string;
  /** Null for all conversations. */
  readonly conversation: ConversationId | null;
  readonly sender: AccountId | null;
  /** Milliseconds since 1970: from the first on, and before the second. */
  readonly from: number | null;
  readonly before: number | null;
  readonly hasLink: boolean;
  readonly hasFile: boolean;
}

export interface ExcerptPart {
  readonly text: string;
  /** This is what was looked for. */
  readonly found: boolean;
}

export interface SearchHit {
  readonly conversation: ConversationId;
  readonly seq: number;
  readonly sender: AccountId;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The number of the message whose thread it stands in; 0 by itself. */
  readonly thread: number;
  readonly excerpt: readonly ExcerptPart[];
}

export interface SearchResults {
  /** Newest first. */
  readonly hits: readonly SearchHit[];
  /** There are older ones. */
  readonly more: boolean;
}

/** How many of the messages that this browser can open can be found so far. */
export interface SearchProgress {
  readonly done: number;
  /** As the server counts; about. */
  readonly total: number;
}

/** Finds in what this browser has opened by itself: nothing of a question or an answer leaves it. */
export interface Search {
  /** Without what people wrote who are blocked, unless it is one of them who is asked for. @throws AppError "unavailable" where this browser keeps no index */
  find(query: SearchQuery): Promise<SearchResults>;
  progress(): Promise<SearchProgress>;
}
