import type { Pool, PoolConnection } from "mariadb";
import type { AccountId, DeviceId, Id, RenewalId } from "../../lib/base/ids.ts";
import type { CertificateRow, VaultKeyBoxRow } from "./keys.ts";
import { column, toBytes, toId } from "./rows.ts";
import { inTransaction } from "./transaction.ts";
import { insertBoxes, lockVault } from "./vaults.ts";

type Column = Uint8Array<ArrayBuffer>;

/** An entry of the vault as it will be. */
export interface StagedEntry {
  readonly id: Id;
  readonly counter: number;
  readonly ciphertext: Column;
}

/** A browser and the certificate that what is committed was made for. */
export interface ExpectedDevice {
  readonly id: DeviceId;
  readonly certificate: Column;
}

export interface RenewalCommit {
  readonly account: AccountId;
  readonly renewal: RenewalId;
  /** What the renewal was made from; the new version is the next. */
  readonly vaultKeyVersion: number;
  /** Every device of the account as it was when the boxes were made. */
  readonly devices: readonly ExpectedDevice[];
  /** The one that renews, with its new key. */
  readonly renewed: ExpectedDevice;
  readonly removed: readonly DeviceId[];
  /** New certificates of signing and transport. */
  readonly certificates: readonly CertificateRow[];
  /** The recovery certificate whose key has a box; others end. */
  readonly recovery: CertificateRow;
  readonly boxes: readonly VaultKeyBoxRow[];
}

/** How many a person can have under way; the oldest gives way. Each may hold as much as the vault. */
const STAGED_AT_ONCE = 3;

export function createRenewals(pool: Pool) {
  return {
    async start(account: AccountId, renewal: RenewalId, vaultKeyVersion: number, now: number): Promise<void> {
      await inTransaction(pool, async (connection) => {
        await lockVault(connection, account);
        const old: { id: Buffer }[] = await connection.query(
          "SELECT id FROM renewal WHERE account_id = ? ORDER BY created_at DESC LIMIT ? OFFSET ?",
          [column(account), STAGED_AT_ONCE, STAGED_AT_ONCE - 1],
        );
        for (const { id } of old) await connection.query("DELETE FROM renewal WHERE id = ?", [id]);
        await connection.query(
          "INSERT INTO renewal (id, account_id, vault_key_version, created_at) VALUES (?, ?, ?, ?)",
          [column(renewal), column(account), vaultKeyVersion, new Date(now)],
        );
      });
    },

    /** @returns the version it was started from; null when there is no such renewal of the account */
    async find(account: AccountId, renewal: RenewalId): Promise<number | null> {
      const [row]: { vault_key_version: number }[] = await pool.query(
        "SELECT vault_key_version FROM renewal WHERE id = ? AND account_id = ?",
        [column(renewal), column(account)],
      );
      return row?.vault_key_version ?? null;
    },

    /** The same entry again replaces what was staged. @returns false when the renewal is over */
    async stage(renewal: RenewalId, entries: readonly StagedEntry[]): Promise<boolean> {
      return inTransaction(pool, async (connection) => {
        const rows: unknown[] = await connection.query("SELECT 1 FROM renewal WHERE id = ? FOR UPDATE", [
          column(renewal),
        ]);
        if (rows.length === 0) return false;
        await connection.batch(
          "INSERT INTO renewal_entry (renewal_id, entry_id, counter, ciphertext) VALUES (?, ?, ?, ?) ON DUPLICATE KEY UPDATE counter = VALUES(counter), ciphertext = VALUES(ciphertext)",
          entries.map(({ id, counter, ciphertext }) => [
            column(renewal),
            column(id),
            counter,
            Buffer.from(ciphertext),
          ]),
        );
        return true;
      });
    },

    /** In the order of their ids, those after `after`. */
    async staged(renewal: RenewalId, after: Id | undefined, limit: number): Promise<StagedEntry[]> {
      const rows: { entry_id: Buffer; counter: number; ciphertext: Buffer }[] = await pool.query(
        `SELECT entry_id, counter, ciphertext FROM renewal_entry
          WHERE renewal_id = ? ${after ? "AND entry_id > ?" : ""} ORDER BY entry_id LIMIT ?`,
        [column(renewal), ...(after ? [column(after)] : []), limit],
      );
      return rows.map((row) => ({
        id: toId(row.entry_id),
        counter: row.counter,
        ciphertext: toBytes(row.ciphertext),
      }));
    },

    /**
     * The new vault in place of the old one, all or nothing.
     * @returns false when anything it was made from has changed: version, an entry, a device
     */
    commit(commit: RenewalCommit, now: number): Promise<boolean> {
      return inTransaction(pool, async (connection) => {
        const version = await lockVault(connection, commit.account);
        if (version !== commit.vaultKeyVersion) return false;
        if (!(await isComplete(connection, commit)) || !(await devicesAreSame(connection, commit)))
          return false;
        await replace(connection, commit, new Date(now));
        return true;
      });
    },

    async deleteOlderThan(time: number): Promise<void> {
      await pool.query("DELETE FROM renewal WHERE created_at < ?", [new Date(time)]);
    },
  };
}

/** Each entry is staged, exactly one counter further, and nothing else is. */
async function isComplete(connection: PoolConnection, { account, renewal }: RenewalCommit): Promise<boolean> {
  const [row]: { entries: number; fitting: number; staged: number }[] = await connection.query(
    `SELECT COUNT(*) AS entries, COALESCE(SUM(r.counter = v.counter + 1), 0) AS fitting,
            (SELECT COUNT(*) FROM renewal_entry WHERE renewal_id = ?) AS staged
       FROM vault_entry v
       LEFT JOIN renewal_entry r ON r.renewal_id = ? AND r.entry_id = v.entry_id
      WHERE v.account_id = ?`,
    [column(renewal), column(renewal), column(account)],
  );
  if (!row) return false;
  const { entries, fitting, staged } = row;
  return Number(entries) === Number(fitting) && Number(entries) === Number(staged);
}

async function devicesAreSame(
  connection: PoolConnection,
  { account, devices }: RenewalCommit,
): Promise<boolean> {
  const rows: { id: Buffer; certificate: Buffer }[] = await connection.query(
    "SELECT id, certificate FROM device WHERE account_id = ?",
    [column(account)],
  );
  return (
    rows.length === devices.length &&
    rows.every((row) =>
      devices.some(({ id, certificate }) => column(id).equals(row.id) && row.certificate.equals(certificate)),
    )
  );
}

async function replace(connection: PoolConnection, commit: RenewalCommit, now: Date): Promise<void> {
  const { account, renewal, renewed, removed, certificates, recovery, boxes } = commit;
  const version = commit.vaultKeyVersion + 1;
  await connection.query(
    `UPDATE vault_entry v JOIN renewal_entry r ON r.renewal_id = ? AND r.entry_id = v.entry_id
        SET v.counter = r.counter, v.vault_key_version = ?, v.ciphertext = r.ciphertext
      WHERE v.account_id = ?`,
    [column(renewal), version, column(account)],
  );
  await connection.query(
    "UPDATE identity SET vault_key_version = ?, renewal_due = FALSE WHERE account_id = ?",
    [version, column(account)],
  );
  await connection.batch(
    "INSERT INTO certificate (account_id, key_type, epoch, bytes, created_at) VALUES (?, ?, ?, ?, ?)",
    certificates.map(({ keyType, epoch, bytes }) => [
      column(account),
      keyType,
      epoch,
      Buffer.from(bytes),
      now,
    ]),
  );
  await connection.query("DELETE FROM certificate WHERE account_id = ? AND key_type = ? AND epoch <> ?", [
    column(account),
    recovery.keyType,
    recovery.epoch,
  ]);
  await connection.query("DELETE FROM vault_key_box WHERE account_id = ?", [column(account)]);
  await insertBoxes(connection, account, boxes);
  await connection.query("UPDATE device SET certificate = ? WHERE id = ? AND account_id = ?", [
    Buffer.from(renewed.certificate),
    column(renewed.id),
    column(account),
  ]);
  for (const id of removed) {
    await connection.query("DELETE FROM device WHERE id = ? AND account_id = ?", [
      column(id),
      column(account),
    ]);
  }
  await connection.query("DELETE FROM renewal WHERE account_id = ?", [column(account)]);
}
