import type { Pool } from "mariadb";
import type { Bytes } from "../../lib/base/bytes.ts";
import { toBase64url } from "../../lib/base/encoding.ts";
import { type AccountId, type ConversationId, idToBytes } from "../../lib/base/ids.ts";
import type { Person } from "./accounts.ts";
import type { MessageRow } from "./messages.ts";
import { isDuplicate, toBytes, toId } from "./rows.ts";
import { inTransaction } from "./transaction.ts";

export interface NewConversation {
  id: ConversationId;
  kind: "direct";
  members: readonly AccountId[];
  author: AccountId;
  record: Bytes;
  recordNumber: number;
  recordHash: Bytes;
  keyEpoch: number;
  boxes: readonly { account: AccountId; box: Bytes }[];
}

export interface NewRecord {
  conversation: ConversationId;
  author: AccountId;
  record: Bytes;
  recordNumber: number;
  recordHash: Bytes;
  keyEpoch: number;
  boxes: readonly { account: AccountId; box: Bytes }[];
}

/** What deciding about a message needs, as of `recordNumber`. */
export interface ConversationHead {
  recordNumber: number;
  recordHash: Bytes;
  keyEpoch: number;
  lastSeq: number;
  /** Nobody writes here any more. */
  closed: boolean;
}

export interface MemberRow extends Person {
  deliveredSeq: number;
  readSeq: number;
}

export interface ConversationRow extends ConversationHead {
  id: ConversationId;
  kind: "direct";
  createdAt: number;
  members: MemberRow[];
  newest: MessageRow | null;
}

const column = (id: AccountId | ConversationId) => Buffer.from(idToBytes(id));

export function createConversations(pool: Pool) {
  return {
    /** @returns "exists" when somebody's first record was faster */
    async insert(conversation: NewConversation, now: number): Promise<"inserted" | "exists" | "member-gone"> {
      const { id, kind, author, record, recordNumber, recordHash, keyEpoch, members, boxes } = conversation;
      try {
        return await inTransaction(pool, async (connection) => {
          // Shared with each other, not with a deletion: nobody is made a member of anything afterwards.
          const living: unknown[] = await connection.query(
            `SELECT id FROM account WHERE id IN (${members.map(() => "?").join(", ")}) ORDER BY id LOCK IN SHARE MODE`,
            members.map(column),
          );
          if (living.length !== members.length) return "member-gone";
          await connection.query(
            "INSERT INTO conversation (id, kind, record_number, record_hash, key_epoch, last_seq, created_at) VALUES (?, ?, ?, ?, ?, 0, ?)",
            [column(id), kind, recordNumber, Buffer.from(recordHash), keyEpoch, new Date(now)],
          );
          await connection.query(
            "INSERT INTO conversation_record (conversation_id, number, author_id, bytes, created_at) VALUES (?, ?, ?, ?, ?)",
            [column(id), recordNumber, column(author), Buffer.from(record), new Date(now)],
          );
          await connection.batch(
            "INSERT INTO conversation_member (conversation_id, account_id, delivered_seq, read_seq) VALUES (?, ?, 0, 0)",
            members.map((member) => [column(id), column(member)]),
          );
          await connection.batch(
            "INSERT INTO conversation_box (conversation_id, key_epoch, account_id, box) VALUES (?, ?, ?, ?)",
            boxes.map(({ account, box }) => [column(id), keyEpoch, column(account), Buffer.from(box)]),
          );
          return "inserted";
        });
      } catch (error) {
        if (isDuplicate(error)) return "exists";
        throw error;
      }
    },

    async findHead(id: ConversationId): Promise<(ConversationHead & { members: AccountId[] }) | null> {
      const rows: {
        record_number: number;
        record_hash: Buffer;
        key_epoch: number;
        last_seq: number;
        closed_at: Date | null;
        account_id: Buffer;
      }[] = await pool.query(
        "SELECT c.record_number, c.record_hash, c.key_epoch, c.last_seq, c.closed_at, m.account_id FROM conversation c JOIN conversation_member m ON m.conversation_id = c.id WHERE c.id = ? AND m.left_at IS NULL",
        [column(id)],
      );
      const [first] = rows;
      return first
        ? {
            recordNumber: first.record_number,
            recordHash: toBytes(first.record_hash),
            keyEpoch: first.key_epoch,
            lastSeq: first.last_seq,
            closed: first.closed_at !== null,
            members: rows.map((row) => toId<AccountId>(row.account_id)),
          }
        : null;
    },

    /** Where each conversation of an account stands. */
    async heads(
      account: AccountId,
    ): Promise<{ id: ConversationId; recordNumber: number; lastSeq: number; closed: boolean }[]> {
      const rows: { id: Buffer; record_number: number; last_seq: number; closed_at: Date | null }[] =
        await pool.query(
          "SELECT c.id, c.record_number, c.last_seq, c.closed_at FROM conversation_member m JOIN conversation c ON c.id = m.conversation_id WHERE m.account_id = ? AND m.left_at IS NULL",
          [column(account)],
        );
      return rows.map((row) => ({
        id: toId(row.id),
        recordNumber: row.record_number,
        lastSeq: row.last_seq,
        closed: row.closed_at !== null,
      }));
    },

    /**
     * All conversations of an account with members, read positions and the newest message. Who left is among the
     * members; of an account that is gone, without a name.
     */
    async list(account: AccountId): Promise<ConversationRow[]> {
      const rows: ListColumns[] = await pool.query(
        `SELECT c.id, c.kind, c.created_at, c.record_number, c.record_hash, c.key_epoch, c.last_seq,
                c.closed_at, m.account_id, m.delivered_seq, m.read_seq, a.name, a.display_name, a.status, p.hash AS picture,
                n.stored_at AS newest_at, n.envelope AS newest_envelope
           FROM conversation_member mine
           JOIN conversation c ON c.id = mine.conversation_id
           JOIN conversation_member m ON m.conversation_id = c.id
           LEFT JOIN account a ON a.id = m.account_id
           LEFT JOIN account_picture p ON p.account_id = a.id
           LEFT JOIN message n ON n.conversation_id = c.id AND n.seq = c.last_seq AND m.account_id = mine.account_id
          WHERE mine.account_id = ? AND mine.left_at IS NULL`,
        [column(account)],
      );
      const found = new Map<ConversationId, ConversationRow>();
      for (const row of rows) {
        const id = toId<ConversationId>(row.id);
        const conversation = found.get(id) ?? toConversation(id, row);
        found.set(id, conversation);
        conversation.members.push({
          id: toId(row.account_id),
          name: row.name ?? "",
          displayName: row.display_name ?? "",
          status: row.status ?? "",
          ...(row.name === null && { deleted: true }),
          picture: row.picture && toBase64url(row.picture),
          deliveredSeq: row.delivered_seq,
          readSeq: row.read_seq,
        });
        if (row.newest_envelope && row.newest_at) {
          conversation.newest = {
            seq: row.last_seq,
            storedAt: row.newest_at.getTime(),
            envelope: toBytes(row.newest_envelope),
          };
        }
      }
      return [...found.values()];
    },

    /** Everybody who shares a conversation with the account, without the account. */
    async contacts(account: AccountId): Promise<AccountId[]> {
      const rows: { account_id: Buffer }[] = await pool.query(
        `SELECT DISTINCT other.account_id
           FROM conversation_member mine
           JOIN conversation_member other ON other.conversation_id = mine.conversation_id
          WHERE mine.account_id = ? AND other.account_id <> mine.account_id AND other.left_at IS NULL`,
        [column(account)],
      );
      return rows.map((row) => toId(row.account_id));
    },

    /**
     * Compare-and-swap on the record number: the row lock that messages take as well puts every message either
     * before the record or under it.
     * @returns false when another record has that number already, or the conversation was closed
     */
    async append(appended: NewRecord, now: number): Promise<boolean> {
      const { conversation, author, record, recordNumber, recordHash, keyEpoch, boxes } = appended;
      const id = column(conversation);
      return inTransaction(pool, async (connection) => {
        const [head]: { record_number: number; key_epoch: number; closed_at: Date | null }[] =
          await connection.query(
            "SELECT record_number, key_epoch, closed_at FROM conversation WHERE id = ? FOR UPDATE",
            [id],
          );
        // A member whose chain was not accepted left without a record: nothing may be sealed for them any more.
        if (head?.record_number !== recordNumber - 1 || head.closed_at) return false;
        await connection.query(
          "INSERT INTO conversation_record (conversation_id, number, author_id, bytes, created_at) VALUES (?, ?, ?, ?, ?)",
          [id, recordNumber, column(author), Buffer.from(record), new Date(now)],
        );
        if (boxes.length > 0) {
          await connection.batch(
            "INSERT INTO conversation_box (conversation_id, key_epoch, account_id, box) VALUES (?, ?, ?, ?)",
            boxes.map(({ account, box }) => [id, keyEpoch, column(account), Buffer.from(box)]),
          );
        }
        await connection.query(
          `UPDATE conversation SET record_number = ?, record_hash = ?, key_epoch = ?${keyEpoch === head.key_epoch ? "" : ", key_epoch_seq = last_seq"} WHERE id = ?`,
          [recordNumber, Buffer.from(recordHash), keyEpoch, id],
        );
        return true;
      });
    },

    /** The chain after a record, and how many messages there were when its key epoch began. */
    async records(
      id: ConversationId,
      after: number,
    ): Promise<{ records: Bytes[]; recordNumber: number; keyEpochSeq: number }> {
      const rows: { bytes: Buffer | null; record_number: number; key_epoch_seq: number }[] = await pool.query(
        `SELECT r.bytes, c.record_number, c.key_epoch_seq FROM conversation c
           LEFT JOIN conversation_record r ON r.conversation_id = c.id AND r.number > ?
          WHERE c.id = ? ORDER BY r.number`,
        [after, column(id)],
      );
      return {
        records: rows.flatMap(({ bytes }) => (bytes ? [toBytes(bytes)] : [])),
        recordNumber: rows[0]?.record_number ?? 0,
        keyEpochSeq: rows[0]?.key_epoch_seq ?? 0,
      };
    },

    async boxes(id: ConversationId, account: AccountId): Promise<{ keyEpoch: number; box: Bytes }[]> {
      const rows: { key_epoch: number; box: Buffer }[] = await pool.query(
        "SELECT key_epoch, box FROM conversation_box WHERE conversation_id = ? AND account_id = ? ORDER BY key_epoch",
        [column(id), column(account)],
      );
      return rows.map((row) => ({ keyEpoch: row.key_epoch, box: toBytes(row.box) }));
    },
  };
}

interface ListColumns {
  id: Buffer;
  kind: "direct";
  created_at: Date;
  record_number: number;
  record_hash: Buffer;
  key_epoch: number;
  last_seq: number;
  account_id: Buffer;
  delivered_seq: number;
  read_seq: number;
  closed_at: Date | null;
  name: string | null;
  display_name: string | null;
  status: string | null;
  picture: Buffer | null;
  newest_at: Date | null;
  newest_envelope: Buffer | null;
}

function toConversation(id: ConversationId, row: ListColumns): ConversationRow {
  return {
    id,
    kind: row.kind,
    createdAt: row.created_at.getTime(),
    recordNumber: row.record_number,
    recordHash: toBytes(row.record_hash),
    keyEpoch: row.key_epoch,
    lastSeq: row.last_seq,
    closed: row.closed_at !== null,
    members: [],
    newest: null,
  };
}
