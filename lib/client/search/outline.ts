import { type Bytes, fromUtf8, utf8 } from "../../base/bytes.ts";
import type { AccountId } from "../../base/ids.ts";
import type { Remark } from "./items.ts";

/** How far the messages of one conversation have been read into the index. */
export interface Coverage {
  /** Every message from this one … */
  readonly from: number;
  /** … to this one has been looked at; both 0 while none has. */
  readonly upTo: number;
  /** Nothing comes before `from`. */
  readonly whole: boolean;
  /** Milliseconds since 1970 of the oldest that was looked at. */
  readonly oldestAt: number;
  /** Could not be opened when they were looked at, and may be later. */
  readonly waiting: readonly number[];
}

export interface BlockOutline {
  readonly number: number;
  readonly messages: number;
  readonly oldestAt: number;
  readonly newestAt: number;
}

/** One conversation in the index; kept in one piece, beside its blocks. */
export interface Outline extends Coverage {
  /** About messages that were not looked at yet. */
  readonly remarks: readonly Remark[];
  /** Whose messages are gone, because their accounts are. */
  readonly forgotten: readonly AccountId[];
  readonly blocks: readonly BlockOutline[];
}

export const EMPTY: Outline = {
  from: 0,
  upTo: 0,
  whole: false,
  oldestAt: Number.MAX_SAFE_INTEGER,
  waiting: [],
  remarks: [],
  forgotten: [],
  blocks: [],
};

export function encodeOutline(outline: Outline): Bytes {
  return utf8(JSON.stringify(outline));
}

export function decodeOutline(bytes: Bytes): Outline {
  return JSON.parse(fromUtf8(bytes)) as Outline;
}
