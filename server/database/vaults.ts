import type { Pool, PoolConnection } from "mariadb";
import type { Bytes } from "../../lib/base/bytes.ts";
import type { AccountId, DeviceId, Id } from "../../lib/base/ids.ts";
import { coalesce } from "./coalesce.ts";
import type { CertificateRow, DeviceRow, IdentityRow, VaultEntryRow, VaultKeyBoxRow } from "./keys.ts";
import { column, isDuplicate, toBytes, toId } from "./rows.ts";
import { inTransaction } from "./transaction.ts";

/**
 * Everything that is written under a vault key happens behind this lock, on the row that says which version is
 * the newest: so nothing is left behind under the old one when a renewal commits.
 * @returns null when the account has no keys
 */
export async function lockVault(connection: PoolConnection, account: AccountId): Promise<number | null> {
  const [row]: { vault_key_version: number }[] = await connection.query(
    "SELECT vault_key_version FROM identity WHERE account_id = ? FOR UPDATE",
    [column(account)],
  );
  return row?.vault_key_version ?? null;
}

export async function insertBoxes(
  connection: PoolConnection,
  account: AccountId,
  boxes: readonly VaultKeyBoxRow[],
): Promise<void> {
  await connection.batch(
    "INSERT INTO vault_key_box (account_id, vault_key_version, recipient_key_id, box) VALUES (?, ?, ?, ?)",
    boxes.map(({ vaultKeyVersion, recipientKeyId, box }) => [
      column(account),
      vaultKeyVersion,
      Buffer.from(recipientKeyId),
      Buffer.from(box),
    ]),
  );
}

export interface VaultPage extends IdentityRow {
  readonly boxes: readonly Bytes[];
  readonly entries: readonly VaultEntryRow[];
}

/** @returns false when the row is there already */
async function insertNew(
  connection: PoolConnection,
  sql: string,
  values: readonly unknown[],
): Promise<boolean> {
  try {
    await connection.query(sql, values);
    return true;
  } catch (error) {
    if (isDuplicate(error)) return false;
    throw error;
  }
}

/** What an account keeps under its vault key: entries, and boxes with the key itself. */
export function createVaults(pool: Pool) {
  // Asked for by everybody who comes back.
  const countWrites = coalesce(async (accounts: readonly AccountId[]) => {
    const rows: { account_id: Buffer; writes: unknown }[] = await pool.query(
      `SELECT account_id, SUM(counter) AS writes FROM vault_entry
        WHERE account_id IN (${accounts.map(() => "?").join(", ")}) GROUP BY account_id`,
      accounts.map(column),
    );
    return new Map(rows.map((row) => [toId<AccountId>(row.account_id), Number(row.writes)]));
  });

  /** @returns what `work` says, false when another version of the vault key is the newest */
  function under(
    account: AccountId,
    vaultKeyVersion: number,
    work: (connection: PoolConnection) => Promise<boolean>,
  ): Promise<boolean> {
    return inTransaction(
      pool,
      async (connection) => (await lockVault(connection, account)) === vaultKeyVersion && work(connection),
    );
  }

  return {
    /**
     * A page of entries and what opens them, as of one moment: a renewal exchanges them all at once.
     * @param after the last entry of the page before
     * @param only these entries, in place of all
     * @returns null when the account has no keys
     */
    readPage(
      account: AccountId,
      { after, only }: { readonly after?: Id | undefined; readonly only?: readonly Id[] | undefined },
      limit: number,
    ): Promise<VaultPage | null> {
      return inTransaction(pool, async (connection) => {
        const [identity]: { public_key: Buffer; vault_key_version: number; renewal_due: number }[] =
          await connection.query(
            "SELECT public_key, vault_key_version, renewal_due FROM identity WHERE account_id = ?",
            [column(account)],
          );
        if (!identity) return null;
        const boxes: { box: Buffer }[] = await connection.query(
          "SELECT box FROM vault_key_box WHERE account_id = ? AND vault_key_version = ?",
          [column(account), identity.vault_key_version],
        );
        const entries: {
          entry_id: Buffer;
          counter: number;
          vault_key_version: number;
          ciphertext: Buffer;
        }[] = await connection.query(
          `SELECT entry_id, counter, vault_key_version, ciphertext FROM vault_entry
            WHERE account_id = ? ${after ? "AND entry_id > ?" : ""} ${only ? "AND entry_id IN (?)" : ""}
            ORDER BY entry_id LIMIT ?`,
          [column(account), ...(after ? [column(after)] : []), ...(only ? [only.map(column)] : []), limit],
        );
        return {
          identityKey: toBytes(identity.public_key),
          vaultKeyVersion: identity.vault_key_version,
          renewalDue: Boolean(identity.renewal_due),
          boxes: boxes.map(({ box }) => toBytes(box)),
          entries: entries.map((row) => ({
            id: toId(row.entry_id),
            counter: row.counter,
            vaultKeyVersion: row.vault_key_version,
            ciphertext: toBytes(row.ciphertext),
          })),
        };
      });
    },

    /** The sum of all counters, which grows with every write. */
    countWrites: async (account: AccountId): Promise<number> => (await countWrites(account)) ?? 0,

    /** Compare-and-swap on the counter. @returns false when another device was first, or renewed the vault key */
    putEntry(
      account: AccountId,
      { id, counter, vaultKeyVersion, ciphertext }: VaultEntryRow,
    ): Promise<boolean> {
      return under(account, vaultKeyVersion, async (connection) => {
        if (counter > 1) {
          const { affectedRows }: { affectedRows: number } = await connection.query(
            "UPDATE vault_entry SET counter = ?, ciphertext = ? WHERE account_id = ? AND entry_id = ? AND counter = ?",
            [counter, Buffer.from(ciphertext), column(account), column(id), counter - 1],
          );
          return affectedRows === 1;
        }
        return insertNew(
          connection,
          "INSERT INTO vault_entry (account_id, entry_id, counter, vault_key_version, ciphertext) VALUES (?, ?, ?, ?, ?)",
          [column(account), column(id), counter, vaultKeyVersion, Buffer.from(ciphertext)],
        );
      });
    },

    /** @returns false when a device of that id exists, or the vault key was renewed */
    insertDevice(
      account: AccountId,
      { id, name, certificate }: DeviceRow,
      box: VaultKeyBoxRow,
      now: number,
    ): Promise<boolean> {
      return under(account, box.vaultKeyVersion, async (connection) => {
        const isNew = await insertNew(
          connection,
          "INSERT INTO device (id, account_id, name, certificate, created_at) VALUES (?, ?, ?, ?, ?)",
          [column(id), column(account), name, Buffer.from(certificate), new Date(now)],
        );
        if (!isNew) return false;
        await insertBoxes(connection, account, [box]);
        return true;
      });
    },

    /** @param before the device's certificate so far. @returns false when it is not, or the vault key was renewed */
    replaceDeviceKey(
      account: AccountId,
      device: DeviceId,
      certificate: Uint8Array,
      before: { readonly certificate: Uint8Array; readonly recipientKeyId: Uint8Array },
      box: VaultKeyBoxRow,
    ): Promise<boolean> {
      return under(account, box.vaultKeyVersion, async (connection) => {
        const { affectedRows }: { affectedRows: number } = await connection.query(
          "UPDATE device SET certificate = ? WHERE id = ? AND account_id = ? AND certificate = ?",
          [Buffer.from(certificate), column(device), column(account), Buffer.from(before.certificate)],
        );
        if (affectedRows === 0) return false;
        await connection.query("DELETE FROM vault_key_box WHERE account_id = ? AND recipient_key_id = ?", [
          column(account),
          Buffer.from(before.recipientKeyId),
        ]);
        await insertBoxes(connection, account, [box]);
        return true;
      });
    },

    /** Beside those there are. @returns false when its epoch is taken, or the vault key was renewed */
    insertRecovery(
      account: AccountId,
      { keyType, epoch, bytes }: CertificateRow,
      box: VaultKeyBoxRow,
      now: number,
    ): Promise<boolean> {
      return under(account, box.vaultKeyVersion, async (connection) => {
        const isNew = await insertNew(
          connection,
          "INSERT INTO certificate (account_id, key_type, epoch, bytes, created_at) VALUES (?, ?, ?, ?, ?)",
          [column(account), keyType, epoch, Buffer.from(bytes), new Date(now)],
        );
        if (!isNew) return false;
        await insertBoxes(connection, account, [box]);
        return true;
      });
    },

    /** Recovery certificates of these epochs end, and boxes for these keys. */
    async deleteRecovery(
      account: AccountId,
      keyType: number,
      retired: readonly { readonly epoch: number; readonly recipientKeyId: Uint8Array }[],
    ): Promise<void> {
      await inTransaction(pool, async (connection) => {
        await lockVault(connection, account);
        for (const { epoch, recipientKeyId } of retired) {
          await connection.query(
            "DELETE FROM certificate WHERE account_id = ? AND key_type = ? AND epoch = ?",
            [column(account), keyType, epoch],
          );
          await connection.query("DELETE FROM vault_key_box WHERE account_id = ? AND recipient_key_id = ?", [
            column(account),
            Buffer.from(recipientKeyId),
          ]);
        }
      });
    },
  };
}
