import type { AccountId } from "../../base/ids.ts";

interface Place {
  readonly seq: number;
  /** Milliseconds since 1970, by the server. */
  readonly at: number;
}

/** Said about a message; what it may do is decided once that message is known. */
export type Remark = Place & {
  readonly sender: AccountId;
  /** The number of the message. Whoever names a wrong one hits only what they may change anyway. */
  readonly target: number;
} & (
    | { readonly kind: "edit"; readonly text: string }
    /** `moderates`: may delete what others wrote. */
    | { readonly kind: "delete"; readonly moderates: boolean }
  );

export type Said = Place & {
  readonly kind: "said";
  readonly sender: AccountId;
  readonly text: string;
  /** The names of its files, a line each. */
  readonly files: string;
  /** The number of the message whose thread it stands in; 0 by itself. */
  readonly thread: number;
};

/** A stored message as far as searching goes: "other" has nothing to find, "waiting" lacks a key so far. */
export type Item = Said | Remark | (Place & { readonly kind: "other" | "waiting" });

/** Messages without gaps, but for those that are gone for good. */
export interface Run {
  readonly from: number;
  readonly upTo: number;
  /** Nothing comes before. */
  readonly whole: boolean;
  readonly items: readonly Item[];
}
