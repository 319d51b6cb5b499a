import type { Pool } from "mariadb";
import type { AccountId, AnnouncementId } from "../../lib/base/ids.ts";
import { column, toId } from "./rows.ts";

type Level = "information" | "warning";

export interface AnnouncementRow {
  id: AnnouncementId;
  level: Level;
  text: string;
  french: string;
  startsAt: number;
  endsAt: number;
  createdAt: number;
  /** Null when that account is gone, or it was the command line. */
  createdBy: AccountId | null;
}

interface Columns {
  id: Buffer;
  level: Level;
  text: string;
  french: string;
  starts_at: Date;
  ends_at: Date;
  created_at: Date;
  created_by: Buffer | null;
}

export function createAnnouncementTable(pool: Pool) {
  async function select(rest: string, values: readonly unknown[]): Promise<AnnouncementRow[]> {
    const rows: Columns[] = await pool.query(
      `SELECT id, level, text, french, starts_at, ends_at, created_at, created_by FROM announcement ${rest}`,
      [...values],
    );
    return rows.map(({ id, starts_at, ends_at, created_at, created_by, ...row }) => ({
      ...row,
      id: toId<AnnouncementId>(id),
      startsAt: starts_at.getTime(),
      endsAt: ends_at.getTime(),
      createdAt: created_at.getTime(),
      createdBy: created_by && toId<AccountId>(created_by),
    }));
  }

  return {
    /** Newest first. */
    list: (count: number) => select("ORDER BY id DESC LIMIT ?", [count]),

    /** Those that are to be seen now: warnings first, then the newest. */
    async showing(now: number, count: number): Promise<AnnouncementRow[]> {
      const at = new Date(now);
      return select(
        "WHERE ends_at > ? AND starts_at <= ? ORDER BY level = 'warning' DESC, starts_at DESC, id DESC LIMIT ?",
        [at, at, count],
      );
    },

    async insert(row: AnnouncementRow): Promise<void> {
      await pool.query(
        `INSERT INTO announcement (id, level, text, french, starts_at, ends_at, created_at, created_by)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
        [
          column(row.id),
          row.level,
          row.text,
          row.french,
          new Date(row.startsAt),
          new Date(row.endsAt),
          new Date(row.createdAt),
          row.createdBy && column(row.createdBy),
        ],
      );
    },

    /** Before its time. @returns false when it is over already, or there is none */
    async end(id: AnnouncementId, now: number): Promise<boolean> {
      const { affectedRows }: { affectedRows: number } = await pool.query(
        "UPDATE announcement SET ends_at = ? WHERE id = ? AND ends_at > ?",
        [new Date(now), column(id), new Date(now)],
      );
      return affectedRows === 1;
    },

    /** Those that ended before. */
    async deleteOld(before: number): Promise<void> {
      await pool.query("DELETE FROM announcement WHERE ends_at < ?", [new Date(before)]);
    },
  };
}

export type AnnouncementTable = ReturnType<typeof createAnnouncementTable>;
