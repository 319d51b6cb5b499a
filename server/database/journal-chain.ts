import type { Pool } from "mariadb";
import { u64 } from "../../lib/base/bytes.ts";
import { ByteReader } from "../../lib/base/fields.ts";
import {
  type ChainRow,
  JOURNAL_COLUMNS,
  type JournalColumns,
  type JournalHead,
  readHead,
  toEntry,
} from "./journal.ts";

interface ChainColumns extends JournalColumns {
  address_salt: Buffer | null;
  address_digest: Buffer | null;
  hash: Buffer;
}

/** Up to which entry addresses were looked through, as u64: where the next erasure begins. Proves nothing. */
const ERASED = "journal-erased";
const STEP = 1_000;

/** The journal as a chain: read from its beginning, rid of addresses and of what is old. */
export function createJournalChain(pool: Pool) {
  return {
    /** By number, from this one on. */
    async rows(from: number, limit: number): Promise<ChainRow[]> {
      const rows: ChainColumns[] = await pool.query(
        `SELECT ${JOURNAL_COLUMNS}, address_salt, address_digest, hash FROM journal WHERE id >= ? ORDER BY id LIMIT ?`,
        [from, limit],
      );
      return rows.map(({ address_salt, address_digest, hash, ...row }) => ({
        ...toEntry(row),
        addressSalt: address_salt && new Uint8Array(address_salt),
        addressDigest: address_digest && new Uint8Array(address_digest),
        hash: new Uint8Array(hash),
      }));
    },

    /** The head, and the last entry there is; of one moment. @returns 0 as the last of none */
    async end(): Promise<{ head: JournalHead | null; last: number }> {
      const [row]: { head: Buffer | null; last: number | null }[] = await pool.query(
        "SELECT (SELECT value FROM server_state WHERE `key` = 'journal-head') AS head, (SELECT MAX(id) FROM journal) AS last",
      );
      return { head: readHead(row?.head ?? undefined), last: row?.last ?? 0 };
    },

    /** What the newest entry about a removal says. */
    async removal(): Promise<string | null> {
      const [row]: { detail: string }[] = await pool.query(
        "SELECT detail FROM journal WHERE event = 'entries-removed' AND outcome = 'ok' ORDER BY id DESC LIMIT 1",
      );
      return row?.detail ?? null;
    },

    /**
     * What may be removed: everything before the first entry that is not older than `before`.
     * @returns the time of the first entry and the last one to go; null for none
     */
    async removable(before: number): Promise<{ oldest: number; last: JournalHead } | null> {
      const [first]: { at: Date }[] = await pool.query("SELECT at FROM journal ORDER BY id LIMIT 1");
      const [kept]: { id: number }[] = await pool.query(
        "SELECT id FROM journal WHERE at >= ? ORDER BY at, id LIMIT 1",
        [new Date(before)],
      );
      const [last]: { id: number; hash: Buffer }[] = await pool.query(
        `SELECT id, hash FROM journal ${kept ? "WHERE id < ?" : ""} ORDER BY id DESC LIMIT 1`,
        kept ? [kept.id] : [],
      );
      if (!first || !last) return null;
      return { oldest: first.at.getTime(), last: { id: last.id, hash: new Uint8Array(last.hash) } };
    },

    /** In batches, each a commit; what a crash leaves goes with the next ones. */
    async remove(upTo: number): Promise<void> {
      for (;;) {
        const { affectedRows } = await pool.query("DELETE FROM journal WHERE id <= ? ORDER BY id LIMIT ?", [
          upTo,
          STEP,
        ]);
        if (affectedRows < STEP) return;
      }
    },

    /**
     * How far addresses may be erased: up to the entry before the first one that is not older than `before`.
     * @returns the times of the first entry with an address and the number of the last one to go; null for none
     */
    async erasable(before: number): Promise<{ oldest: number; upTo: number } | null> {
      let from = (await this.erasedUpTo()) + 1;
      let oldest: number | null = null;
      const found = () => (oldest === null ? null : { oldest, upTo: from - 1 });
      for (;;) {
        const rows: { id: number; at: Date }[] = await pool.query(
          "SELECT id, at FROM journal WHERE id >= ? ORDER BY id LIMIT ?",
          [from, STEP],
        );
        for (const { id, at } of rows) {
          if (at.getTime() >= before) return found();
          oldest ??= at.getTime();
          from = id + 1;
        }
        if (rows.length < STEP) return found();
      }
    },

    async erasedUpTo(): Promise<number> {
      const [row]: { value: Buffer }[] = await pool.query("SELECT value FROM server_state WHERE `key` = ?", [
        ERASED,
      ]);
      return row ? new ByteReader(row.value).u64() : 0;
    },

    /** In batches, each a commit: of a crash in between nothing has to be known. */
    async eraseAddresses(upTo: number): Promise<void> {
      for (let from = (await this.erasedUpTo()) + 1; from <= upTo; from += STEP) {
        const last = Math.min(from + STEP - 1, upTo);
        await pool.query("UPDATE journal SET address = '', address_salt = NULL WHERE id BETWEEN ? AND ?", [
          from,
          last,
        ]);
        await pool.query(
          "INSERT INTO server_state (`key`, value) VALUES (?, ?) ON DUPLICATE KEY UPDATE value = VALUES(value)",
          [ERASED, Buffer.from(u64(last))],
        );
      }
    },
  };
}

export type JournalChain = ReturnType<typeof createJournalChain>;
