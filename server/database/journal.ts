import type { Pool } from "mariadb";
import { concat, u64 } from "../../lib/base/bytes.ts";
import { ByteReader } from "../../lib/base/fields.ts";
import type { AccountId, SessionId } from "../../lib/base/ids.ts";
import { column, toId } from "./rows.ts";
import { inTransaction } from "./transaction.ts";

export interface JournalEntry {
  /** Milliseconds since 1970. */
  at: number;
  event: string;
  outcome: string;
  accountId: AccountId | null;
  sessionId: SessionId | null;
  address: string;
  agent: string;
  detail: string;
}

export interface JournalHead {
  id: number;
  hash: Uint8Array;
}

export interface ChainedEntry extends JournalEntry, JournalHead {
  addressSalt: Uint8Array;
  addressDigest: Uint8Array;
}
/** As it lies there: without salt the address was erased, without digest the entry is from before there were any. */
export interface ChainRow extends JournalEntry, JournalHead {
  addressSalt: Uint8Array | null;
  addressDigest: Uint8Array | null;
}
export type StoredEntry = JournalEntry & Pick<JournalHead, "id">;

/** What is told to the other sessions of an account: these events that went well, and whatever is suspicious. */
export interface NoticeQuery {
  events: readonly string[];
  after: number;
  /** Whose own doing is no news to it. */
  except: SessionId;
  limit: number;
}

export interface JournalColumns {
  id: number;
  at: Date;
  event: string;
  outcome: string;
  account_id: Buffer | null;
  session_id: Buffer | null;
  address: string;
  agent: string;
  detail: string;
}

export const JOURNAL_COLUMNS = "id, at, event, outcome, account_id, session_id, address, agent, detail";

export function createJournalTable(pool: Pool) {
  return {
    /**
     * Appends what `chain` makes of the entries after the present head. The head's row lock is what makes the
     * chain one line, whichever node writes.
     */
    append(chain: (head: JournalHead | null) => readonly ChainedEntry[]): Promise<void> {
      return inTransaction(pool, async (connection) => {
        await connection.query(
          "INSERT INTO server_state (`key`, value) VALUES ('journal-head', '') ON DUPLICATE KEY UPDATE value = value",
        );
        const [row]: { value: Buffer }[] = await connection.query(
          "SELECT value FROM server_state WHERE `key` = 'journal-head' FOR UPDATE",
        );
        const rows = chain(readHead(row?.value));
        const last = rows.at(-1);
        if (!last) return;
        await connection.query(
          `INSERT INTO journal (id, at, event, outcome, account_id, session_id, address, address_salt, address_digest,
                                agent, detail, hash) VALUES ${rows
                                  .map(() => "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                                  .join(", ")}`,
          rows.flatMap((entry) => [
            entry.id,
            new Date(entry.at),
            entry.event,
            entry.outcome,
            idColumn(entry.accountId),
            idColumn(entry.sessionId),
            entry.address,
            Buffer.from(entry.addressSalt),
            Buffer.from(entry.addressDigest),
            entry.agent,
            entry.detail,
            Buffer.from(entry.hash),
          ]),
        );
        await connection.query("UPDATE server_state SET value = ? WHERE `key` = 'journal-head'", [
          Buffer.from(concat(u64(last.id), last.hash)),
        ]);
      });
    },

    /** The number of the newest entry; 0 before the first. */
    async lastId(): Promise<number> {
      const [row]: { value: Buffer }[] = await pool.query(
        "SELECT value FROM server_state WHERE `key` = 'journal-head'",
      );
      return readHead(row?.value)?.id ?? 0;
    },

    /** An account's own entries with a number below `before`, newest first. */
    async ofAccount(account: AccountId, before: number, limit: number): Promise<StoredEntry[]> {
      const rows: JournalColumns[] = await pool.query(
        `SELECT ${JOURNAL_COLUMNS} FROM journal WHERE account_id = ? AND id < ? ORDER BY id DESC LIMIT ?`,
        [idColumn(account), before, limit],
      );
      return rows.map(toEntry);
    },

    /** Newest first. */
    async notices(account: AccountId, { events, after, except, limit }: NoticeQuery): Promise<StoredEntry[]> {
      const rows: JournalColumns[] = await pool.query(
        `SELECT ${JOURNAL_COLUMNS} FROM journal WHERE account_id = ? AND id > ?
         AND (session_id IS NULL OR session_id <> ?)
         AND (outcome = 'suspicious' OR (outcome = 'ok' AND event IN (?)))
         ORDER BY id DESC LIMIT ?`,
        [idColumn(account), after, idColumn(except), [...events], limit],
      );
      return rows.map(toEntry);
    },

    /** From where an account came in so far, and what failed since it last did. */
    async signInHistory(
      account: AccountId,
    ): Promise<{ addresses: string[]; failed: number; throttled: number }> {
      const id = idColumn(account);
      const came = "event IN ('sign-in', 'registration') AND outcome IN ('ok', 'suspicious')";
      const addresses: { address: string }[] = await pool.query(
        `SELECT DISTINCT address FROM journal WHERE account_id = ? AND ${came} AND address <> ''`,
        [id],
      );
      const [counts]: { failed: number; throttled: number }[] = await pool.query(
        `SELECT CAST(COALESCE(SUM(outcome = 'failed'), 0) AS INT) AS failed,
                CAST(COALESCE(SUM(outcome = 'throttled'), 0) AS INT) AS throttled
         FROM journal WHERE account_id = ? AND event = 'sign-in' AND id >
           (SELECT COALESCE(MAX(id), 0) FROM journal WHERE account_id = ? AND ${came})`,
        [id, id],
      );
      return {
        addresses: addresses.map(({ address }) => address),
        failed: counts?.failed ?? 0,
        throttled: counts?.throttled ?? 0,
      };
    },
  };
}

export type JournalTable = ReturnType<typeof createJournalTable>;

function idColumn(id: AccountId | SessionId | null): Buffer | null {
  return id && column(id);
}

export function toEntry({ account_id, session_id, at, ...row }: JournalColumns): StoredEntry {
  return {
    ...row,
    at: at.getTime(),
    accountId: account_id && toId<AccountId>(account_id),
    sessionId: session_id && toId<SessionId>(session_id),
  };
}

export function readHead(value: Uint8Array | undefined): JournalHead | null {
  if (!value?.length) return null;
  const reader = new ByteReader(value);
  return { id: reader.u64(), hash: reader.rest() };
}
