import { fromBase64url } from "../../lib/base/encoding.ts";
import { type AccountId, ID_BYTES } from "../../lib/base/ids.ts";
import { mayBeOthers } from "../../lib/protocol/http/admin/journal.ts";
import { COMMAND_LINE } from "./client.ts";

export type Doer = AccountId | typeof COMMAND_LINE;

/** Whose doing an entry is where that is not the person it is about: the end of its detail, of `DONE_BY_OTHERS` alone. */
export const byDoer = (doer: Doer): string => `by ${doer}`;

const DOER = /\bby ([\w-]{22})$/;

/** @returns null where it was the person's own doing, the server's or the command line's */
export function doerOf({ event, detail }: Pick<JournalOrigin, "event" | "detail">): AccountId | null {
  return mayBeOthers(event) ? asAccount(DOER.exec(detail)?.[1] ?? "") : null;
}

export const asAccount = (text: string): AccountId | null =>
  fromBase64url(text)?.length === ID_BYTES ? (text as AccountId) : null;

/** Of an entry: from where it was done, and whose doing it was. */
export interface JournalOrigin {
  readonly event: string;
  readonly address: string;
  readonly agent: string;
  readonly detail: string;
}

/** As the person it is about may see it: from where somebody else did it is no business of theirs. */
export function withoutDoer<Entry extends JournalOrigin>(entry: Entry): Entry {
  const isTyped = mayBeOthers(entry.event) && entry.detail.endsWith(byDoer(COMMAND_LINE));
  const isOthers = isTyped || doerOf(entry) !== null;
  return isOthers ? { ...entry, address: "", agent: "" } : entry;
}
