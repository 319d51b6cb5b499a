import type { Pool, PoolConnection } from "mariadb";
import type { Bytes } from "../../lib/base/bytes.ts";
import type { AccountId, ConversationId } from "../../lib/base/ids.ts";
import { type ConversationKind, type MemberRole, toKindColumn } from "./conversations.ts";
import { dropAllFiles } from "./drop-files.ts";
import type { ConversationHead } from "./heads.ts";
import { dropOldBoxes } from "./retention.ts";
import { closeRoom, noteOwnerless } from "./room-ends.ts";
import { column, isDuplicate, toBytes, toId } from "./rows.ts";
import { inTransaction } from "./transaction.ts";

export interface StoredBox {
  readonly account: AccountId;
  readonly keyEpoch: number;
  readonly box: Bytes;
}

/** Of the newest record: what the send path, newcomers and the retention of messages go by. */
export interface PolicyColumns extends Pick<ConversationHead, "posting" | "slowSeconds"> {
  readonly retentionSeconds: number;
  readonly history: "since-joining" | "all";
}

/** As it is stored; `listed` is what the directory shows of a public room. */
export interface StoredProfile {
  readonly revision: number;
  readonly bytes: Bytes;
  readonly listed: { readonly name: string; readonly topic: string } | null;
}

interface Member {
  readonly account: AccountId;
  readonly role: MemberRole;
}

/** What a record changes about who is there. */
export interface MemberDifference {
  readonly added: readonly Member[];
  readonly removed: readonly AccountId[];
  readonly updated: readonly Member[];
  readonly banned: readonly AccountId[];
  readonly lifted: readonly AccountId[];
}

export interface NewRecord {
  readonly conversation: ConversationId;
  readonly author: AccountId;
  readonly record: Bytes;
  readonly recordNumber: number;
  readonly recordHash: Bytes;
  readonly keyEpoch: number;
  readonly boxes: readonly StoredBox[];
  readonly policy: PolicyColumns;
  readonly changes: MemberDifference;
  /** Above it nobody is let in. */
  readonly memberLimit: number;
  /** Of an appended record: the one that is there, sealed under the new key. */
  readonly profile: StoredProfile | null;
}

export interface NewConversation extends NewRecord {
  readonly kind: ConversationKind;
}

export type Outcome =
  | "stored"
  /** As the last one's: the room was closed with it, and is for `erase`. */
  | "emptied"
  /** Another record has that number already, the conversation was closed, or its profile is another one. */
  | "stale"
  /** The account of somebody who is added is gone. */
  | "member-gone"
  | "room-full"
  /** Nobody is let in where those who run the server have archived the room. */
  | "archived";

const MESSAGES_AT_ONCE = 500;

const marks = (list: readonly unknown[]) => list.map(() => "?").join(", ");

/** The chains of signed records, and what stands beside them because they say so: one commit for both. */
export function createRecords(pool: Pool) {
  return {
    /** @returns "stale" when somebody's first record was faster */
    async create(first: NewConversation, now: number): Promise<Outcome> {
      const { conversation, kind, recordNumber, recordHash, keyEpoch, policy, changes, profile } = first;
      const id = column(conversation);
      const members = changes.added;
      if (members.length > first.memberLimit) return "room-full";
      try {
        return await inTransaction(pool, async (connection) => {
          if (!(await areAlive(connection, members))) return "member-gone";
          await connection.query(
            `INSERT INTO conversation (id, kind, record_number, record_hash, key_epoch, last_seq, created_at, active_day,
                    member_count, posting, slow_seconds, retention_seconds, profile, profile_revision, listed_name, listed_topic)
             VALUES (?, ?, ?, ?, ?, 0, ?, DATE_FORMAT(created_at, '%Y%m%d'), ?, ?, ?, ?, ?, ?, ?, ?)`,
            [
              ...[id, toKindColumn(kind), recordNumber, Buffer.from(recordHash), keyEpoch, new Date(now)],
              ...[members.length, policy.posting, policy.slowSeconds, policy.retentionSeconds],
              ...profileColumns(profile),
            ],
          );
          await insertRecord(connection, first, now);
          await connection.batch(
            "INSERT INTO conversation_member (conversation_id, account_id, role, delivered_seq, read_seq) VALUES (?, ?, ?, 0, 0)",
            members.map(({ account, role }) => [id, column(account), role]),
          );
          return "stored";
        });
      } catch (error) {
        if (isDuplicate(error)) return "stale";
        throw error;
      }
    },

    /**
     * Compare-and-swap on the record number: the row lock that messages take as well puts every message either
     * before the record or under it.
     */
    append: (appended: NewRecord, now: number): Promise<Outcome> =>
      inTransaction(pool, async (connection) => {
        const { conversation, recordNumber, recordHash, keyEpoch, policy, changes, profile } = appended;
        const id = column(conversation);
        // Before the conversation's row, as a deletion of the account locks them.
        if (changes.added.length > 0 && !(await areAlive(connection, changes.added))) return "member-gone";
        const [head]: LockedColumns[] = await connection.query(
          "SELECT record_number, key_epoch, first_seq, last_seq, member_count, profile_revision, closed_at, archived FROM conversation WHERE id = ? FOR UPDATE",
          [id],
        );
        // A member whose chain was not accepted left without a record: nothing may be sealed for them any more.
        if (head?.record_number !== recordNumber - 1 || head.closed_at) return "stale";
        if (profile && profile.revision !== head.profile_revision) return "stale";
        if (head.archived && changes.added.length > 0) return "archived";
        const leaving = changes.removed.length > 0 ? await countPresent(connection, id, changes.removed) : 0;
        const memberCount = head.member_count + changes.added.length - leaving;
        if (changes.added.length > 0 && memberCount > appended.memberLimit) return "room-full";
        await insertRecord(connection, appended, now);
        await changeMembers(connection, appended, head.last_seq, now);
        if (changes.removed.length + changes.updated.length > 0) await noteOwnerless(connection, [id]);
        if (keyEpoch !== head.key_epoch)
          await connection.query(
            "INSERT INTO conversation_key_epoch (conversation_id, key_epoch, last_seq) VALUES (?, ?, ?)",
            [id, head.key_epoch, head.last_seq],
          );
        // The record may have dealt out keys, or ended a key epoch, of which no message is left.
        await dropOldBoxes(connection, id, head.first_seq);
        await connection.query(
          `UPDATE conversation SET record_number = ?, record_hash = ?, key_epoch_seq = IF(key_epoch = ?, key_epoch_seq, last_seq),
                  key_epoch = ?, member_count = ?, posting = ?, slow_seconds = ?, retention_seconds = ?,
                  profile = COALESCE(?, profile) WHERE id = ?`,
          [
            ...[recordNumber, Buffer.from(recordHash), keyEpoch, keyEpoch, memberCount],
            ...[policy.posting, policy.slowSeconds, policy.retentionSeconds],
            ...[profile && Buffer.from(profile.bytes), id],
          ],
        );
        // Whatever accounts the chain still lists: they are gone.
        if (memberCount === 0) await closeRoom(connection, id, new Date(now));
        return memberCount === 0 ? "emptied" : "stored";
      }),

    /**
     * After a room's last record, which is kept nowhere: nobody is in it from then on, and nothing is written there. What
     * it holds is for `erase`. @returns false when another record was faster
     */
    close: (conversation: ConversationId, recordNumber: number, now: number): Promise<boolean> =>
      inTransaction(pool, async (connection) => {
        const id = column(conversation);
        const [head]: { record_number: number }[] = await connection.query(
          "SELECT record_number FROM conversation WHERE id = ? FOR UPDATE",
          [id],
        );
        if (head?.record_number !== recordNumber - 1) return false;
        await closeRoom(connection, id, new Date(now));
        return true;
      }),

    /** Everything of a room that was closed. In steps: one of years would hold up every message of the server. */
    async erase(conversation: ConversationId): Promise<void> {
      const id = column(conversation);
      for (let erased = MESSAGES_AT_ONCE; erased === MESSAGES_AT_ONCE; )
        ({ affectedRows: erased } = await pool.query(
          "DELETE FROM message WHERE conversation_id = ? LIMIT ?",
          [id, MESSAGES_AT_ONCE],
        ));
      await dropAllFiles(pool, "f.conversation_id = ?", [id]);
      await pool.query("DELETE FROM conversation WHERE id = ?", [id]);
    },

    /** Rooms that were closed and are not erased: something came between. */
    async closedRooms(): Promise<ConversationId[]> {
      const rows: { id: Buffer }[] = await pool.query(
        "SELECT id FROM conversation WHERE kind IN ('private_room', 'public_room') AND closed_at IS NOT NULL",
      );
      return rows.map(({ id }) => toId(id));
    },

    /** The next profile. @returns false when its revision is not the next one, its key not the newest, or the room archived */
    setProfile: (
      conversation: ConversationId,
      { revision, keyEpoch, ...profile }: StoredProfile & { readonly keyEpoch: number },
      event: { readonly author: AccountId; readonly at: number } | null,
    ): Promise<boolean> =>
      inTransaction(pool, async (connection) => {
        const id = column(conversation);
        const { affectedRows } = await connection.query(
          `UPDATE conversation SET profile = ?, profile_revision = ?, listed_name = ?, listed_topic = ?
            WHERE id = ? AND profile_revision = ? AND key_epoch = ? AND closed_at IS NULL AND NOT archived`,
          [...profileColumns({ revision, ...profile }), id, revision - 1, keyEpoch],
        );
        if (affectedRows === 1 && event)
          await connection.query(
            "INSERT INTO moderation_event (conversation_id, at, author_id, kind) VALUES (?, ?, ?, 'profile')",
            [id, new Date(event.at), column(event.author)],
          );
        return affectedRows === 1;
      }),

    /** Whether the account of any of these is there. One that is not never comes back. */
    async isAnyAlive(accounts: readonly AccountId[]): Promise<boolean> {
      const rows: unknown[] = await pool.query(
        `SELECT id FROM account WHERE id IN (${marks(accounts)}) LIMIT 1`,
        accounts.map(column),
      );
      return rows.length > 0;
    },

    /** Null while there is none. */
    async findProfile(id: ConversationId): Promise<Bytes | null> {
      const rows: { profile: Buffer | null }[] = await pool.query(
        "SELECT profile FROM conversation WHERE id = ?",
        [column(id)],
      );
      return rows[0]?.profile ? toBytes(rows[0].profile) : null;
    },

    /** The chain after a record, and where it stands. */
    async chain(
      id: ConversationId,
      after: number,
    ): Promise<{ records: Bytes[]; recordNumber: number; recordHash: Bytes | null; keyEpochSeq: number }> {
      const rows: {
        number: number | null;
        bytes: Buffer | null;
        record_number: number;
        record_hash: Buffer;
        key_epoch_seq: number;
      }[] = await pool.query(
        `SELECT r.number, r.bytes, c.record_number, c.record_hash, c.key_epoch_seq FROM conversation c
             LEFT JOIN conversation_record r ON r.conversation_id = c.id AND r.number > ?
            WHERE c.id = ?`,
        [after, column(id)],
      );
      // Sorted by MariaDB they would go through a temporary file, which a full disk has no room for.
      rows.sort((a, b) => (a.number ?? 0) - (b.number ?? 0));
      return {
        records: rows.flatMap(({ bytes }) => (bytes ? [toBytes(bytes)] : [])),
        recordNumber: rows[0]?.record_number ?? 0,
        recordHash: rows[0] ? toBytes(rows[0].record_hash) : null,
        keyEpochSeq: rows[0]?.key_epoch_seq ?? 0,
      };
    },

    /** A member's own part: where messages begin for it, and its boxes of the key epochs after this one. */
    async share(
      id: ConversationId,
      account: AccountId,
      after: number,
    ): Promise<{ firstSeq: number; boxes: { keyEpoch: number; box: Bytes }[] }> {
      const rows: { first_seq: number; key_epoch: number | null; box: Buffer | null }[] = await pool.query(
        `SELECT GREATEST(c.first_seq, m.visible_from_seq) AS first_seq, b.key_epoch, b.box
           FROM conversation_member m JOIN conversation c ON c.id = m.conversation_id
           LEFT JOIN conversation_box b
             ON b.conversation_id = m.conversation_id AND b.account_id = m.account_id AND b.key_epoch > ?
          WHERE m.conversation_id = ? AND m.account_id = ?`,
        [after, column(id), column(account)],
      );
      return {
        firstSeq: Number(rows[0]?.first_seq ?? 1),
        boxes: rows
          .flatMap(({ key_epoch: keyEpoch, box }) =>
            keyEpoch !== null && box ? [{ keyEpoch, box: toBytes(box) }] : [],
          )
          .toSorted((a, b) => a.keyEpoch - b.keyEpoch),
      };
    },
  };
}

interface LockedColumns {
  record_number: number;
  key_epoch: number;
  first_seq: number;
  last_seq: number;
  member_count: number;
  profile_revision: number;
  closed_at: Date | null;
  archived: number;
}

/** Locks them, shared with each other, not with a deletion: nobody is made a member of anything afterwards. */
async function areAlive(connection: PoolConnection, members: readonly Member[]): Promise<boolean> {
  const living: unknown[] = await connection.query(
    `SELECT id FROM account WHERE id IN (${marks(members)}) ORDER BY id LOCK IN SHARE MODE`,
    members.map(({ account }) => column(account)),
  );
  return living.length === members.length;
}

/** How many of these are there: who has left with the account, records list until somebody removes them. */
async function countPresent(
  connection: PoolConnection,
  id: Buffer,
  members: readonly AccountId[],
): Promise<number> {
  const present: unknown[] = await connection.query(
    `SELECT account_id FROM conversation_member
      WHERE conversation_id = ? AND account_id IN (${marks(members)}) AND left_at IS NULL`,
    [id, ...members.map(column)],
  );
  return present.length;
}

async function insertRecord(
  connection: PoolConnection,
  { conversation, recordNumber, author, record, boxes }: NewRecord,
  now: number,
): Promise<void> {
  const id = column(conversation);
  await connection.query(
    "INSERT INTO conversation_record (conversation_id, number, author_id, bytes, created_at) VALUES (?, ?, ?, ?, ?)",
    [id, recordNumber, column(author), Buffer.from(record), new Date(now)],
  );
  if (boxes.length === 0) return;
  // Who comes back in the key epoch in which they left has a box already.
  await connection.batch(
    "INSERT INTO conversation_box (conversation_id, key_epoch, account_id, box) VALUES (?, ?, ?, ?) ON DUPLICATE KEY UPDATE box = VALUES(box)",
    boxes.map(({ account, keyEpoch, box }) => [id, keyEpoch, column(account), Buffer.from(box)]),
  );
}

async function changeMembers(
  connection: PoolConnection,
  { conversation, changes, policy }: NewRecord,
  lastSeq: number,
  now: number,
): Promise<void> {
  const id = column(conversation);
  const { added, removed, updated, banned, lifted } = changes;
  if (added.length > 0) {
    const visibleFrom = policy.history === "all" ? 1 : lastSeq + 1;
    // What was there before their time counts as read. Who comes back muted stays so.
    await connection.batch(
      `INSERT INTO conversation_member (conversation_id, account_id, role, visible_from_seq, delivered_seq, read_seq, shown_read_seq)
       VALUES (?, ?, ?, ?, ?, ?, ?)
       ON DUPLICATE KEY UPDATE role = VALUES(role), visible_from_seq = VALUES(visible_from_seq),
              delivered_seq = VALUES(delivered_seq), read_seq = VALUES(read_seq),
              shown_read_seq = VALUES(shown_read_seq), delivered_at = NULL, shown_read_at = NULL, left_at = NULL`,
      added.map(({ account, role }) => [id, column(account), role, visibleFrom, lastSeq, lastSeq, lastSeq]),
    );
  }
  if (removed.length > 0) {
    await connection.query(
      `UPDATE conversation_member SET left_at = ? WHERE conversation_id = ? AND account_id IN (${marks(removed)}) AND left_at IS NULL`,
      [new Date(now), id, ...removed.map(column)],
    );
  }
  if (updated.length > 0) {
    await connection.batch(
      "UPDATE conversation_member SET role = ? WHERE conversation_id = ? AND account_id = ?",
      updated.map(({ account, role }) => [role, id, column(account)]),
    );
  }
  if (banned.length > 0) {
    await connection.query(
      `INSERT IGNORE INTO conversation_ban (conversation_id, account_id) SELECT ?, id FROM account WHERE id IN (${marks(banned)})`,
      [id, ...banned.map(column)],
    );
  }
  if (lifted.length > 0) {
    await connection.query(
      `DELETE FROM conversation_ban WHERE conversation_id = ? AND account_id IN (${marks(lifted)})`,
      [id, ...lifted.map(column)],
    );
  }
  const answered = [...added.map(({ account }) => account), ...banned];
  if (answered.length > 0) {
    await connection.query(
      `DELETE FROM join_request WHERE conversation_id = ? AND account_id IN (${marks(answered)})`,
      [id, ...answered.map(column)],
    );
  }
}

/** profile, profile_revision, listed_name, listed_topic */
function profileColumns(profile: StoredProfile | null): unknown[] {
  if (!profile) return [null, 0, null, null];
  const { bytes, revision, listed } = profile;
  return [Buffer.from(bytes), revision, listed?.name ?? null, listed?.topic ?? null];
}
