import type { Pool, PoolConnection } from "mariadb";
import type { AccountId, ConversationId, MessageId } from "../../lib/base/ids.ts";
import { dropFilesOfMessages } from "./drop-files.ts";
import { column } from "./rows.ts";
import { inTransaction } from "./transaction.ts";

export interface Erasure {
  readonly conversation: ConversationId;
  readonly account: AccountId;
  /** Whether the account may erase what others wrote. */
  readonly moderates: boolean;
  /** Places of messages; at least one. */
  readonly messages: readonly number[];
}

interface Named {
  readonly seq: number;
  readonly sender_id: Buffer;
  readonly bytes: number;
}

/** As long as what is left of an envelope. */
const HASH_BYTES = 32;

/** The end of single messages: each leaves the hash of its envelope in its place. */
export function createErasures(pool: Pool) {
  return {
    /**
     * Erases those of the named messages that are the account's to erase; of others' it is written down. Erased ones
     * may be named again.
     * @returns false when none of them is the account's to erase
     */
    erase: ({ conversation, account, moderates, messages }: Erasure, now: number): Promise<boolean> =>
      inTransaction(pool, async (connection) => {
        const [own, id] = [column(account), column(conversation)];
        // In the order in which messages lock: the conversation first.
        await connection.query("SELECT id FROM conversation WHERE id = ? LOCK IN SHARE MODE", [id]);
        const marks = messages.map(() => "?").join(", ");
        const named: Named[] = await connection.query(
          `SELECT seq, sender_id, LENGTH(envelope) AS bytes FROM message WHERE conversation_id = ? AND seq IN (${marks}) FOR UPDATE`,
          [id, ...messages],
        );
        const erasable = named.filter(({ sender_id: sender }) => moderates || sender.equals(own));
        if (erasable.length === 0) return false;
        const held = erasable.filter(({ bytes }) => Number(bytes) > HASH_BYTES);
        await replaceByHash(connection, id, held);
        await noteModeration(connection, id, own, held, now);
        return true;
      }),
  };
}

/** Messages of one person that somebody else erases, in a transaction of what it follows from. */
export interface ReportedMessages {
  readonly conversation: ConversationId;
  readonly ids: readonly MessageId[];
  readonly sender: AccountId;
  readonly by: AccountId;
  readonly at: number;
}

/** Whoever erases them need not be there. @returns false where nothing was left of them */
export async function eraseReported(
  connection: PoolConnection,
  { conversation, ids, sender, by, at }: ReportedMessages,
): Promise<boolean> {
  const id = column(conversation);
  await connection.query("SELECT id FROM conversation WHERE id = ? LOCK IN SHARE MODE", [id]);
  const held: Named[] = await connection.query(
    `SELECT seq, sender_id, LENGTH(envelope) AS bytes FROM message
      WHERE conversation_id = ? AND message_id IN (${ids.map(() => "?").join(", ")}) AND sender_id = ?
        AND LENGTH(envelope) > ? FOR UPDATE`,
    [id, ...ids.map(column), column(sender), HASH_BYTES],
  );
  await replaceByHash(connection, id, held);
  await noteModeration(connection, id, column(by), held, at);
  return held.length > 0;
}

/** What they held goes with it. */
async function replaceByHash(
  connection: PoolConnection,
  conversation: Buffer,
  erased: readonly Named[],
): Promise<void> {
  if (erased.length === 0) return;
  const places = erased.map(({ seq }) => seq);
  const marks = places.map(() => "?").join(", ");
  await dropFilesOfMessages(connection, conversation, `m.seq IN (${marks})`, places);
  await connection.query(
    `UPDATE message SET envelope = UNHEX(SHA2(envelope, 256)) WHERE conversation_id = ? AND seq IN (${marks})`,
    [conversation, ...places],
  );
}

/** One entry for each person whose words were taken away by another. */
async function noteModeration(
  connection: PoolConnection,
  conversation: Buffer,
  own: Buffer,
  erased: readonly Named[],
  now: number,
): Promise<void> {
  const others = new Map(erased.map(({ sender_id: sender }) => [sender.toString("hex"), sender]));
  others.delete(own.toString("hex"));
  for (const sender of others.values()) {
    // Whose account is gone is nobody.
    await connection.query(
      `INSERT INTO moderation_event (conversation_id, at, author_id, kind, account_id)
       SELECT ?, ?, ?, 'erased', (SELECT id FROM account WHERE id = ?)`,
      [conversation, new Date(now), own, sender],
    );
  }
}
