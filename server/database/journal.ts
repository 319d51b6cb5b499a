import type { Pool } from "mariadb";
import { concat, u64 } from "../../lib/base/bytes.ts";
import { ByteReader } from "../../lib/base/fields.ts";
import { type AccountId, idToBytes } from "../../lib/base/ids.ts";
import { inTransaction } from "./transaction.ts";

export interface JournalEntry {
  /** Milliseconds since 1970. */
  at: number;
  event: string;
  outcome: string;
  accountId: AccountId | null;
  address: string;
  agent: string;
  detail: string;
}

export interface JournalHead {
  id: number;
  hash: Uint8Array;
}

export type ChainedEntry = JournalEntry & JournalHead;

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
          `INSERT INTO journal (id, at, event, outcome, account_id, address, agent, detail, hash) VALUES ${rows
            .map(() => "(?, ?, ?, ?, ?, ?, ?, ?, ?)")
            .join(", ")}`,
          rows.flatMap((entry) => [
            entry.id,
            new Date(entry.at),
            entry.event,
            entry.outcome,
            entry.accountId && Buffer.from(idToBytes(entry.accountId)),
            entry.address,
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
  };
}

export type JournalTable = ReturnType<typeof createJournalTable>;

function readHead(value: Uint8Array | undefined): JournalHead | null {
  if (!value?.length) return null;
  const reader = new ByteReader(value);
  return { id: reader.u64(), hash: reader.rest() };
}
