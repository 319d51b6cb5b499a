import { type AccountId, type MessageId, newId } from "../../../base/ids.ts";
import type { Content } from "../../../protocol/content.ts";
import type { Role } from "../../../protocol/layout/member-change.ts";
import type { ConversationType } from "../../../protocol/layout/record.ts";
import type { Message } from "../../model-messages.ts";
import type { Unsent } from "../../outbox.ts";
import type { LogEntry } from "../message-log.ts";
import { createProjection } from "../projection.ts";

/** A conversation in a few lines: who said what, at 1, 2, 3, … */

export const ME = newId<AccountId>(1);
export const ANN = newId<AccountId>(2);
export const BEN = newId<AccountId>(3);
export const SEEN = { delivered: 0, read: 0 };
/** The id of the message at each place. */
export const IDS = Array.from({ length: 40 }, (_, seq) => newId<MessageId>(seq));
export const ref = (seq: number) => ({ id: IDS[seq] as MessageId, seq });
export const words = (text: string, more: object = {}): Content => ({ type: "text", text, ...more });

export function entry(
  seq: number,
  sender: AccountId | null,
  content: Content | null,
  role: Role = "member",
): LogEntry {
  return {
    id: sender === null ? newId<MessageId>(1_000_000 + seq) : (IDS[seq] as MessageId),
    stored: { seq, storedAt: seq * 1000, envelope: new Uint8Array(sender === null ? 32 : 400) },
    hash: new Uint8Array(32),
    message: null,
    content,
    failure: null,
    role: content && role,
    sender,
    replayed: false,
  };
}

export type Line = readonly [sender: AccountId | null, content: Content | null, role?: Role];

/** Lines at 1, 2, 3, … */
export const entriesOf = (lines: readonly Line[]) =>
  lines.map(([sender, content, role], i) => entry(i + 1, sender, content, role));

export const show = (
  lines: readonly Line[],
  type: ConversationType = "private-room",
  unsent: readonly Unsent[] = [],
) => createProjection(ME, type).messages(entriesOf(lines), unsent, SEEN);

export const unsent = (content: Content, more: Partial<Unsent> = {}): Unsent => ({
  id: newId<MessageId>(),
  content,
  queuedAt: 99_000,
  failure: null,
  scheduled: null,
  ...more,
});

export const textOf = (message: Message | undefined) =>
  message?.body.kind === "text" ? message.body.text : message?.body.kind;
