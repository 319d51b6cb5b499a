import type { AccountId } from "../base/ids.ts";
import type { Role } from "../protocol/layout/member-change.ts";
import type { HistoryVisibility, Posting } from "../protocol/layout/policy.ts";
import type { ConversationType } from "../protocol/layout/record.ts";

/** What happened to a conversation, between its messages. From signed records and, for names, signed messages. */
export interface Line {
  readonly key: string;
  /** The place of the message that it stands before; null after everything that is stored. */
  readonly before: number | null;
  /** Milliseconds since 1970: its author's clock, as far as the messages around it allow. */
  readonly at: number;
  /** Of several in one line the first. */
  readonly author: AccountId;
  readonly event: LineEvent;
}

export type LineEvent =
  | { readonly kind: "created"; readonly type: ConversationType }
  /** Everybody once, in the order in which it happened; of "joined" and "left" nobody else did it. */
  | {
      readonly kind: "added" | "joined" | "left" | "removed" | "banned";
      readonly people: readonly AccountId[];
    }
  | { readonly kind: "role"; readonly role: Role; readonly people: readonly AccountId[] }
  | { readonly kind: "archived" | "reopened" }
  /** In place of these, whose accounts are gone. */
  | { readonly kind: "taken-over"; readonly gone: readonly AccountId[] }
  | { readonly kind: "posting"; readonly posting: Posting }
  | { readonly kind: "slow" | "retention"; readonly seconds: number }
  | { readonly kind: "history"; readonly history: HistoryVisibility }
  | { readonly kind: "name" | "topic"; readonly text: string };
