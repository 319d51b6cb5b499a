import { counter } from "./fields.ts";

/** What a browser must know of the server: to end messages at their time, and which files it takes. Part of a JSON answer or frame. */
export const serverStanding = {
  /** The server's clock: messages are as old as it says. */
  now: counter,
  /** How long any message is kept here at most, in seconds; 0 without end. */
  longestRetention: counter,
  /** Bytes of the largest file, before it is padded and sealed; 0 where none are taken. */
  largestFile: counter,
};

export interface ServerStanding {
  readonly now: number;
  readonly longestRetention: number;
  readonly largestFile: number;
}

/** Which of two limits holds; 0 is none. In seconds. */
export function shorterRetention(one: number, other: number): number {
  return one === 0 || other === 0 ? Math.max(one, other) : Math.min(one, other);
}
