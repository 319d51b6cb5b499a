import type { AccountId } from "../../base/ids.ts";
import type { SearchKey } from "../../crypto/search-key.ts";
import type { SearchIndex } from "./search-index.ts";

/** What the page and the worker say to each other. */

export type Method = keyof SearchIndex;

export interface Call {
  readonly number: number;
  readonly method: Method;
  readonly parameters: readonly unknown[];
}

export interface Opening {
  readonly account: AccountId;
  readonly key: SearchKey;
}

export interface Answer {
  readonly number: number;
  /** Absent where it failed. */
  readonly result?: { readonly value: unknown };
}
