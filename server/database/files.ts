import type { Pool } from "mariadb";
import type { AccountId, ConversationId, FileId, MessageId } from "../../lib/base/ids.ts";
import { unhurried } from "./connection.ts";
import { dropAllFiles, dropFiles, noteRemovals } from "./drop-files.ts";
import { column, isDuplicate, toId } from "./rows.ts";
import { inTransaction } from "./transaction.ts";

export interface FileRow {
  readonly conversation: ConversationId;
  readonly uploader: AccountId;
  /** In bytes, sealed; and how many of them are on the disk. */
  readonly size: number;
  readonly received: number;
  /** When it was begun: tells it from an earlier one of the same id. */
  readonly begunAt: Date;
  /** Of the message that holds it; null where none is stored that does. */
  readonly seq: number | null;
}

export interface NewFile {
  readonly id: FileId;
  readonly conversation: ConversationId;
  readonly uploader: AccountId;
  readonly size: number;
  /** Of all files of the uploader, in bytes; 0 without end. */
  readonly mostBytes: number;
  /** Of those that no message is known to hold. */
  readonly mostLoose: number;
}

/** What a message is sent with. */
export interface Attachment {
  readonly files: readonly FileId[];
  readonly conversation: ConversationId;
  readonly message: MessageId;
  readonly uploader: AccountId;
}

interface Columns {
  conversation_id: Buffer;
  uploader_id: Buffer;
  size: number;
  received: number;
  created_at: Date;
  seq: number | null;
}

const ROWS_AT_ONCE = 500;
const NOTE_HELD = `UPDATE file f JOIN message m ON m.conversation_id = f.conversation_id AND m.message_id = f.message_id
  SET f.held = TRUE`;

const marks = (list: readonly unknown[]) => list.map(() => "?").join(", ");

/** What is known of sealed files: whose, where, how large, and in which message. Their bytes are not here. */
export function createFiles(pool: Pool) {
  /** Of these the ones that have no row. */
  async function unknown(ids: readonly FileId[]): Promise<FileId[]> {
    const known = new Set<string>();
    for (let i = 0; i < ids.length; i += ROWS_AT_ONCE) {
      const some = ids.slice(i, i + ROWS_AT_ONCE).map(column);
      const rows: { id: Buffer }[] = await pool.query(
        `SELECT id FROM file WHERE id IN (${marks(some)})`,
        some,
      );
      for (const row of rows) known.add(toId(row.id));
    }
    return ids.filter((id) => !known.has(id));
  }

  return {
    async find(id: FileId): Promise<FileRow | null> {
      const [row]: Columns[] = await pool.query(
        `SELECT f.conversation_id, f.uploader_id, f.size, f.received, f.created_at, m.seq FROM file f
           LEFT JOIN message m ON m.conversation_id = f.conversation_id AND m.message_id = f.message_id WHERE f.id = ?`,
        [column(id)],
      );
      return row
        ? {
            conversation: toId(row.conversation_id),
            uploader: toId(row.uploader_id),
            size: Number(row.size),
            received: Number(row.received),
            begunAt: row.created_at,
            seq: row.seq === null ? null : Number(row.seq),
          }
        : null;
    },

    /**
     * "known": the id has a row already; "full": it would be more than the uploader may keep; "removing": bytes of an earlier
     * upload are still to go, and would take those of this one with them.
     */
    async begin(file: NewFile, now: number): Promise<"begun" | "known" | "full" | "removing" | "gone"> {
      const { id, conversation, uploader, size, mostBytes, mostLoose } = file;
      const own = column(uploader);
      try {
        return await inTransaction(pool, async (connection) => {
          // One after the other: two at once would each find the room that is there for one.
          const accounts = await connection.query("SELECT id FROM account WHERE id = ? FOR UPDATE", [own]);
          if (accounts.length === 0) return "gone";
          const [sum]: { bytes: number; loose: number }[] = await connection.query(
            "SELECT COALESCE(SUM(size), 0) AS bytes, COALESCE(SUM(NOT held), 0) AS loose FROM file WHERE uploader_id = ?",
            [own],
          );
          if (Number(sum?.loose) >= mostLoose) return "full";
          if (mostBytes > 0 && Number(sum?.bytes) + size > mostBytes) return "full";
          await connection.query(
            "INSERT INTO file (id, conversation_id, uploader_id, size, created_at) VALUES (?, ?, ?, ?, ?)",
            [column(id), column(conversation), own, size, new Date(now)],
          );
          // After the row, as whatever ends a file locks them.
          const [pending] = await connection.query("SELECT id FROM file_removal WHERE id = ? FOR UPDATE", [
            column(id),
          ]);
          if (!pending) return "begun";
          await connection.rollback();
          return "removing";
        });
      } catch (error) {
        if (isDuplicate(error)) return "known";
        throw error;
      }
    },

    /** @returns false where it had not come so far, farther, is gone, or was begun anew: what was written is gone with it then */
    async advance(id: FileId, begunAt: Date, from: number, to: number): Promise<boolean> {
      const { affectedRows } = await pool.query(
        "UPDATE file SET received = ? WHERE id = ? AND created_at = ? AND received = ? AND size >= ?",
        [to, column(id), begunAt, from, to],
      );
      return affectedRows === 1;
    },

    /**
     * Notes which message holds them, before that is stored. Whoever seals a message anew under another id says so again.
     * @returns false where one is not there, not the sender's, not whole, or in another message that is stored
     */
    attach: ({ files, conversation, message, uploader }: Attachment): Promise<boolean> =>
      inTransaction(pool, async (connection) => {
        const [ids, id, own] = [files.map(column), column(message), column(uploader)];
        const free: { id: Buffer }[] = await connection.query(
          `SELECT f.id FROM file f WHERE f.id IN (${marks(ids)}) AND f.conversation_id = ? AND f.uploader_id = ? AND f.received = f.size
              AND (f.message_id IS NULL OR f.message_id = ? OR NOT EXISTS
                (SELECT 1 FROM message m WHERE m.conversation_id = f.conversation_id AND m.message_id = f.message_id)) FOR UPDATE`,
          [...ids, column(conversation), own, id],
        );
        if (free.length < new Set(files).size) return false;
        await connection.query(`UPDATE file SET message_id = ? WHERE id IN (${marks(ids)})`, [id, ...ids]);
        return true;
      }),

    /** A file that its uploader does not want any more. @returns false where a stored message holds it, or there is none */
    cancel: (id: FileId, conversation: ConversationId, uploader: AccountId): Promise<boolean> =>
      inTransaction(pool, async (connection) => {
        const found = await dropFiles(
          connection,
          `f.id = ? AND f.conversation_id = ? AND f.uploader_id = ? AND NOT EXISTS
             (SELECT 1 FROM message m WHERE m.conversation_id = f.conversation_id AND m.message_id = f.message_id)`,
          [column(id), column(conversation), column(uploader)],
        );
        return found > 0;
      }),

    /** Bytes that have no row are to be removed. @returns how many of these nobody had noted yet */
    async giveUp(ids: readonly FileId[]): Promise<number> {
      const strays = await unknown(ids);
      if (strays.length === 0) return 0;
      return inTransaction(pool, async (connection) => {
        const listed = strays.map(column);
        // Locks the absence of the others.
        const known: { id: Buffer }[] = await connection.query(
          `SELECT id FROM file WHERE id IN (${marks(listed)}) FOR UPDATE`,
          listed,
        );
        return noteRemovals(
          connection,
          listed.filter((id) => !known.some((row) => row.id.equals(id))),
        );
      });
    },

    /** Those begun before `before`, in the order of their ids, a page at a time. @param after the last one of the page before */
    async page(after: FileId | null, before: number): Promise<{ id: FileId; received: number }[]> {
      const rows: { id: Buffer; received: number }[] = await pool.query(
        "SELECT id, received FROM file WHERE id > ? AND created_at < ? ORDER BY id LIMIT ?",
        [after ? column(after) : Buffer.alloc(0), new Date(before), ROWS_AT_ONCE],
      );
      return rows.map((row) => ({ id: toId<FileId>(row.id), received: Number(row.received) }));
    },

    /** @returns how many were there */
    drop: (ids: readonly FileId[]): Promise<number> =>
      inTransaction(pool, (connection) => dropFiles(connection, `f.id IN (${marks(ids)})`, ids.map(column))),

    /** Those begun before `before`. @returns how many there were, as below */
    dropOlder: (before: number): Promise<number> =>
      dropAllFiles(pool, "f.created_at < ?", [new Date(before)]),

    /** Uploads begun before `before` that nobody finished. */
    dropUnfinished: (before: number): Promise<number> =>
      dropAllFiles(pool, "NOT f.held AND f.created_at < ? AND f.received < f.size", [new Date(before)]),

    /** Whole ones begun before `before` that no stored message holds. */
    async dropLoose(before: number): Promise<number> {
      await pool.query(`${NOTE_HELD} WHERE NOT f.held AND f.created_at < ?`, [new Date(before)]);
      return dropAllFiles(pool, "NOT f.held AND f.created_at < ?", [new Date(before)]);
    },

    /** After the message was stored: what it holds need not be looked at again. */
    async noteHeld(conversation: ConversationId, message: MessageId): Promise<void> {
      await pool.query(`${NOTE_HELD} WHERE f.conversation_id = ? AND f.message_id = ?`, [
        column(conversation),
        column(message),
      ]);
    },

    async stored(): Promise<{ count: number; bytes: number }> {
      const [row]: { count: number; bytes: number }[] = await pool.query(
        "SELECT COUNT(*) AS count, CAST(COALESCE(SUM(size), 0) AS UNSIGNED) AS bytes FROM file",
      );
      return { count: Number(row?.count ?? 0), bytes: Number(row?.bytes ?? 0) };
    },

    /** Files that are gone, whose bytes are not yet. */
    async removals(after: FileId | null = null): Promise<FileId[]> {
      const rows: { id: Buffer }[] = await pool.query(
        "SELECT id FROM file_removal WHERE id > ? ORDER BY id LIMIT ?",
        [after ? column(after) : Buffer.alloc(0), ROWS_AT_ONCE],
      );
      return rows.map(({ id }) => toId<FileId>(id));
    },

    /**
     * Runs `remove` while it is sure that nobody begins this file anew. What another node has removed since it was listed may
     * have been begun since.
     * @param remove runs again on a deadlock; whether the bytes are gone
     */
    removeBytes: (id: FileId, remove: () => Promise<boolean>): Promise<void> =>
      inTransaction(pool, async (connection) => {
        const own = [column(id)];
        const [pending] = await connection.query("SELECT id FROM file_removal WHERE id = ? FOR UPDATE", own);
        // A folder may be slow that several nodes share.
        if (pending && (await unhurried(connection, remove)))
          await connection.query("DELETE FROM file_removal WHERE id = ?", own);
      }),
  };
}
