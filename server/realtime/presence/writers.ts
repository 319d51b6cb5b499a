import type { AccountId, ConversationId } from "../../../lib/base/ids.ts";
import type { Visibility } from "../../../lib/protocol/visibility.ts";
import type { ConversationService } from "../../services/conversations.ts";
import { mayWriteNow } from "../../services/may-write-now.ts";
import type { Publish } from "../../services/publish.ts";
import type { Connection } from "../connection.ts";
import { toFrame } from "../outgoing.ts";
import type { Apart } from "./apart.ts";

/** What is said meanwhile goes out in one frame. */
export const WRITING_MS = 500;
/** Named in one frame: from three on, a view only says that they are several. */
const NAMED = 5;

/**
 * Who is writing, told to the sockets that have that conversation open and nobody else: in a room of a thousand, a
 * frame for each of those every half second, however many write.
 */
export function createWriters(deps: {
  readonly conversations: Pick<ConversationService, "find">;
  readonly apart: Apart;
  readonly visibilityOf: (account: AccountId) => Visibility | null;
  readonly publish: Publish;
  readonly clock: () => number;
}) {
  const { conversations, apart, visibilityOf, publish, clock } = deps;
  const opened = new Map<Connection, ConversationId>();
  const readers = new Map<ConversationId, Set<Connection>>();
  const writing = new Map<ConversationId, Set<AccountId>>();

  async function flush(conversation: ConversationId): Promise<void> {
    const people = [...(writing.get(conversation) ?? [])].slice(0, NAMED);
    writing.delete(conversation);
    // Who has it open may have been removed since.
    const seats = (await conversations.find(conversation))?.seats;
    const frame = toFrame(JSON.stringify({ type: "typing", conversation, people }));
    for (const reader of readers.get(conversation) ?? []) {
      const { accountId } = reader.session;
      if (!seats?.has(accountId) || reader.refusedRooms.has(conversation) || !visibilityOf(accountId)?.typing)
        continue;
      const seen = people.filter((person) => !apart.are(person, accountId));
      if (seen.length === people.length) reader.send(frame);
      else if (seen.length > 0) reader.sendText({ type: "typing", conversation, people: seen });
    }
  }

  function close(connection: Connection): void {
    const conversation = opened.get(connection);
    opened.delete(connection);
    const set = conversation && readers.get(conversation);
    set?.delete(connection);
    if (conversation && set?.size === 0) readers.delete(conversation);
  }

  return {
    close,

    open(connection: Connection, conversation: ConversationId): void {
      close(connection);
      opened.set(connection, conversation);
      const set = readers.get(conversation);
      if (set) set.add(connection);
      else readers.set(conversation, new Set([connection]));
    },

    /** Nothing is said of who may not write there, or shows nobody that they are there. Never rejects for that. */
    async writes({ session, refusedRooms }: Connection, conversation: ConversationId): Promise<void> {
      const { accountId: account } = session;
      if (refusedRooms.has(conversation)) return;
      const visibility = visibilityOf(account);
      if (!visibility?.typing || visibility.availability === "invisible") return;
      const known = await conversations.find(conversation);
      if (known && mayWriteNow(known, account, clock())) publish({ type: "typing", conversation, account });
    },

    heard(conversation: ConversationId, account: AccountId): void {
      if (!readers.has(conversation)) return;
      const people = writing.get(conversation);
      if (people) {
        people.add(account);
        return;
      }
      writing.set(conversation, new Set([account]));
      setTimeout(() => void flush(conversation).catch(() => {}), WRITING_MS).unref();
    },
  };
}
