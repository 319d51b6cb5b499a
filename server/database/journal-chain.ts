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
/** Of what stays, those that are asked where it begins. */
const NEAREST = 100;
/** After every number. */
const NONE = Number.MAX_SAFE_INTEGER;

/** As soon as anything is older than `due`, what is older than `until` goes: so that it is done once a day. */
export interface Due {
  readonly due: number;
  readonly until: number;
  readonly now: number;
}

/** The journal as a chain: read from its beginning, rid of addresses and of what is old. */
export function createJournalChain(pool: Pool) {
  /**
   * What is to go of the entries from a number on. Numbers say what was written first, clocks may be wrong: what stays begins
   * at the first, by its number, of those that are nearest to `until`. So one of a time to come holds up nothing that was
   * written after it, and one of a time long gone takes nothing along that was written before it.
   * @returns the number of the last one
   */
  async function lastDue(from: number, { due, until, now }: Due): Promise<number | null> {
    const [kept]: { id: number | null }[] = await pool.query(
      "SELECT MIN(id) AS id FROM (SELECT id FROM journal WHERE at BETWEEN ? AND ? ORDER BY at, id LIMIT ?) nearest",
      [new Date(until), new Date(now), NEAREST],
    );
    const [going]: { oldest: Date | null; last: number | null }[] = await pool.query(
      `SELECT MIN(at) AS oldest, (SELECT MAX(id) FROM journal WHERE id < ?) AS last
         FROM (SELECT at FROM journal WHERE id >= ? AND id < ? ORDER BY id LIMIT ?) going`,
      [kept?.id ?? NONE, from, kept?.id ?? NONE, STEP],
    );
    return going?.oldest && going.oldest.getTime() < due ? (going.last ?? null) : null;
  }

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

    /** The last entry that may be removed, with all before it; null for none. */
    async removable(due: Due): Promise<JournalHead | null> {
      const last = await lastDue(0, due);
      if (last === null) return null;
      const [row]: { hash: Buffer }[] = await pool.query("SELECT hash FROM journal WHERE id = ?", [last]);
      return row ? { id: last, hash: new Uint8Array(row.hash) } : null;
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

    /** The number of the last entry that may lose its address, with all before it; null for none. */
    async erasable(due: Due): Promise<number | null> {
      return lastDue((await this.erasedUpTo()) + 1, due);
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
