import type { AccountId, ConversationId, MessageId } from "../../base/ids.ts";
import { headerOf } from "../../client/conversation/header-of.ts";
import type { LogEntry } from "../../client/conversation/message-log.ts";
import type { Opened } from "../../client/conversation/open-stored.ts";
import { allowedRemarks, isGone, isNamed, isRemark, type Said } from "../../client/conversation/remarks.ts";
import {
  findKeys,
  type Keys,
  mayDisappear,
  type ReadDeps,
  readConversation,
} from "../../client/export/read-conversation.ts";
import { conversationsAnswer } from "../../protocol/http/conversations.ts";
import type { ConversationType } from "../../protocol/layout/record.ts";
import type { Client } from "../account/connect.ts";
import { type EventPerson, type StoredEvent, toEventFile } from "./event.ts";
import { personOf } from "./people.ts";

/** So many are told before it is written down how far. */
const BATCH = 50;

type Readable = Pick<Opened, "stored" | "message" | "content" | "failure" | "role">;

/**
 * What is stored in a conversation after a place, in order, each opened and judged as the messenger does; what counts for
 * nothing is left out. In pieces, each with the place that it reaches. It ends before `upTo` where the server keeps
 * something back, which the conversation then warns of.
 */
export async function* storedEvents(
  client: Client,
  conversation: { readonly id: ConversationId; readonly kind: ConversationType },
  after: number,
  upTo: number,
): AsyncGenerator<{ readonly events: readonly StoredEvent[]; readonly seq: number }> {
  const { parts, find } = client.unlocked;
  const { id } = conversation;
  const deps = readDeps(client);
  let last = after;
  const entries = find(id)?.entries() ?? [];
  const first = entries[0]?.stored.seq ?? upTo + 1;
  const gapEnd = Math.min(first - 1, upTo);
  /** What stands at several places counts at the first. */
  const seen = new Set<MessageId | undefined>();
  if (last < gapEnd) {
    const firstSeq = await firstSeqOf(client, id);
    last = Math.max(last, firstSeq - 1);
    const keys = await findKeys(deps, id);
    for await (const page of readConversation(deps, id, keys, gapEnd, last)) {
      if (page.some(({ mismatch }) => mismatch)) find(id)?.raise("history-mismatch");
      const fresh = page.filter(({ stored }) => !seen.has(headerOf(stored)?.message));
      for (const { stored } of page) seen.add(headerOf(stored)?.message);
      const events = await toEvents(client, conversation, keys, fresh);
      last = page.at(-1)?.stored.seq ?? last;
      yield { events, seq: last };
    }
    if (last < gapEnd && !mayDisappear(deps, keys)) return void find(id)?.raise("history-mismatch");
  }
  const keys = await parts.book.require(id).catch(() => null);
  const rest = entries.filter(
    ({ id, stored, replayed }) => stored.seq > last && stored.seq <= upTo && !replayed && !seen.has(id),
  );
  for (let at = 0; at < rest.length; at += BATCH) {
    const some = rest.slice(at, at + BATCH);
    last = some.at(-1)?.stored.seq ?? last;
    yield { events: await toEvents(client, conversation, keys, some), seq: last };
  }
  yield { events: [], seq: Math.max(last, upTo) };
}

/** What the pages of a conversation are read with. */
export function readDeps({ messenger, unlocked }: Client): ReadDeps {
  const { api, book } = unlocked.parts;
  const { longestRetention } = messenger.getState();
  return { book, fetchBytes: (path) => api.getBytes(path), longestRetention };
}

async function toEvents(
  client: Client,
  conversation: { readonly id: ConversationId; readonly kind: ConversationType },
  keys: Keys,
  messages: readonly Readable[],
): Promise<StoredEvent[]> {
  const events: StoredEvent[] = [];
  for (const one of messages) {
    const event = await toEvent(client, conversation, keys, one);
    if (event) events.push(event);
  }
  return events;
}

/** @returns null for what is no news: what was deleted since, what does not count, what was before one's own time */
async function toEvent(
  client: Client,
  { id: conversation, kind }: { readonly id: ConversationId; readonly kind: ConversationType },
  keys: Keys,
  one: Readable,
): Promise<StoredEvent | null> {
  const self = client.unlocked.parts.vault.account;
  const header = headerOf(one.stored);
  if (!header) return null;
  const then = await keys?.reader.findState(header.recordHash);
  if (then && !then.members.has(self)) return null;
  const said = toSaid(one, kind);
  const place = {
    id: header.message,
    conversation,
    seq: one.stored.seq,
    at: one.stored.storedAt,
    sender: await personOf(client, header.sender),
    mine: header.sender === self,
  };
  const { content, failure } = one;
  if (failure) return { type: "unreadable", ...place, reason: failure };
  if (!content) return null;
  if (isRemark(said)) {
    const { target } = said.content;
    const about = await findSaid(client, conversation, kind, keys, target.seq);
    const isMeant = about !== null && (about.id === target.id || isGone(about));
    return isMeant && allowedRemarks(about, [said]).length > 0 ? remarkEvent(place, said.content) : null;
  }
  if (content.type === "text") {
    const { text, reply, thread, action = false, forwarded = false, files = [] } = content;
    const mentionsMe = isNamed(self, said, [], kind === "direct");
    const refs = { reply: reply?.seq ?? null, thread: thread?.seq ?? null };
    const told = { mentionsMe, action, forwarded, files: files.map(toEventFile) };
    return { type: "message", ...place, text, ...refs, ...told };
  }
  if (content.type !== "poll") return null;
  const { question, options, multiple } = content;
  return { type: "poll", ...place, question, options, multiple };
}

type Place = Pick<StoredEvent, "id" | "conversation" | "seq" | "at" | "mine"> & {
  readonly sender: EventPerson | null;
};

function remarkEvent(place: Place, content: NonNullable<Opened["content"]>): StoredEvent | null {
  switch (content.type) {
    case "edit":
      return { type: "edited", ...place, target: content.target.seq, text: content.text };
    case "delete":
      return { type: "deleted", ...place, target: content.target.seq };
    case "reaction":
      return { type: "reaction", ...place, target: content.target.seq, emoji: content.emoji, on: content.on };
    case "vote":
      return { type: "vote", ...place, target: content.target.seq, choices: content.choices };
    default:
      return null;
  }
}

/** The message at a place; null where there is none. */
export async function findMessage(
  client: Client,
  conversation: ConversationId,
  keys: Keys,
  seq: number,
): Promise<Readable | null> {
  const entries: readonly LogEntry[] = client.unlocked.find(conversation)?.entries() ?? [];
  const known = entries[seq - (entries[0]?.stored.seq ?? 0)];
  if (known?.stored.seq === seq) return known;
  const pages = readConversation(readDeps(client), conversation, keys, seq, seq - 1);
  for await (const [message] of pages) return message?.stored.seq === seq ? message : null;
  return null;
}

async function findSaid(
  client: Client,
  conversation: ConversationId,
  kind: ConversationType,
  keys: Keys,
  seq: number,
): Promise<Said | null> {
  const found = seq > 0 ? await findMessage(client, conversation, keys, seq) : null;
  return found && toSaid(found, kind);
}

function toSaid({ stored, message, content, failure, role }: Readable, kind: ConversationType): Said {
  const header = headerOf(stored);
  return {
    id: header?.message ?? ("" as Said["id"]),
    seq: stored.seq,
    at: stored.storedAt,
    sender: (message?.header.sender ?? header?.sender ?? null) as AccountId | null,
    moderates: kind !== "direct" && (role === "owner" || role === "moderator"),
    content,
    failure,
  };
}

async function firstSeqOf({ unlocked }: Client, conversation: ConversationId): Promise<number> {
  const { conversations } = await unlocked.parts.api.get("/api/conversations", conversationsAnswer);
  return conversations.find(({ id }) => id === conversation)?.firstSeq ?? 1;
}
