import type { Bytes } from "../../base/bytes.ts";
import type { ConversationId } from "../../base/ids.ts";

/** The number of a conversation's outline, beside those of its blocks. */
export const OUTLINE = -1;

export interface SearchWrite {
  readonly conversation: ConversationId;
  readonly part: number;
  /** Null removes it. */
  readonly bytes: Bytes | null;
}

/** Where the index of one account lies. What is written is sealed there, and opened as it is read. */
export interface SearchStore {
  outlines(): Promise<ReadonlyMap<ConversationId, Bytes>>;
  /** Null where nothing is, or nothing that opens. */
  read(conversation: ConversationId, part: number): Promise<Bytes | null>;
  /** All or nothing. Nothing at all once this browser was told to forget the account. */
  write(writes: readonly SearchWrite[]): Promise<void>;
  /** Everything of these conversations. */
  drop(conversations: readonly ConversationId[]): Promise<void>;
  /** Calls back when another tab has written about a conversation. */
  onChange(listener: (conversation: ConversationId) => void): void;
}
