import type { Pool, PoolConnection } from "mariadb";
import type { SessionId } from "../../lib/base/ids.ts";
import type { FirstKeys } from "./keys.ts";
import { endOtherSessions, type Staying } from "./other-sessions.ts";
import { column, isDuplicate } from "./rows.ts";
import { inTransaction } from "./transaction.ts";

export interface Reset extends Staying {
  /** Of signing certificates, which stay for those who verify what was signed under them. */
  readonly signingType: number;
  readonly keys: FirstKeys;
}

/** An account's identity, vault and devices give way to new ones in one commit, whatever dies in between. */
export function createIdentityResets(pool: Pool) {
  /** @returns false when there is no identity to replace */
  async function retire(connection: PoolConnection, { account, signingType, now }: Reset): Promise<boolean> {
    const own = [column(account)];
    // The row is the lock: of two resets at once, the second retires what the first has made.
    const [identity]: { public_key: Buffer }[] = await connection.query(
      "SELECT public_key FROM identity WHERE account_id = ? FOR UPDATE",
      own,
    );
    if (!identity) return false;
    const [{ last } = { last: 0 }]: { last: number }[] = await connection.query(
      "SELECT COALESCE(MAX(number), 0) AS last FROM former_identity WHERE account_id = ?",
      own,
    );
    const number = Number(last) + 1;
    await connection.query(
      "INSERT INTO former_identity (account_id, number, public_key, replaced_at) VALUES (?, ?, ?, ?)",
      [...own, number, identity.public_key, new Date(now)],
    );
    await connection.query(
      "INSERT INTO former_certificate (account_id, identity, epoch, bytes) SELECT account_id, ?, epoch, bytes FROM certificate WHERE account_id = ? AND key_type = ?",
      [number, ...own, signingType],
    );
    for (const table of ["renewal", "certificate", "device", "vault_entry", "vault_key_box", "identity"])
      await connection.query(`DELETE FROM ${table} WHERE account_id = ?`, own);
    await connection.query(
      "DELETE b FROM conversation_box b JOIN conversation_member m ON m.conversation_id = b.conversation_id AND m.account_id = b.account_id WHERE m.account_id = ?",
      own,
    );
    return true;
  }

  async function insert(connection: PoolConnection, { account, keys, now }: Reset): Promise<void> {
    const at = new Date(now);
    const { vaultKeyVersion, rootEntry, device } = keys;
    await connection.query(
      "INSERT INTO identity (account_id, public_key, vault_key_version, created_at) VALUES (?, ?, ?, ?)",
      [column(account), Buffer.from(keys.identityKey), vaultKeyVersion, at],
    );
    await connection.batch(
      "INSERT INTO certificate (account_id, key_type, epoch, bytes, created_at) VALUES (?, ?, ?, ?, ?)",
      keys.certificates.map(({ keyType, epoch, bytes }) => [
        column(account),
        keyType,
        epoch,
        Buffer.from(bytes),
        at,
      ]),
    );
    await connection.query(
      "INSERT INTO device (id, account_id, name, certificate, created_at) VALUES (?, ?, ?, ?, ?)",
      [column(device.id), column(account), device.name, Buffer.from(device.certificate), at],
    );
    await connection.batch(
      "INSERT INTO vault_key_box (account_id, vault_key_version, recipient_key_id, box) VALUES (?, ?, ?, ?)",
      keys.boxes.map(({ recipientKeyId, box }) => [
        column(account),
        vaultKeyVersion,
        Buffer.from(recipientKeyId),
        Buffer.from(box),
      ]),
    );
    await connection.query(
      "INSERT INTO vault_entry (account_id, entry_id, counter, vault_key_version, ciphertext) VALUES (?, ?, ?, ?, ?)",
      [
        column(account),
        column(rootEntry.id),
        rootEntry.counter,
        vaultKeyVersion,
        Buffer.from(rootEntry.ciphertext),
      ],
    );
  }

  return {
    /** @returns the sessions that ended; null when there is nothing to replace, or a device of that id */
    async replace(reset: Reset): Promise<SessionId[] | null> {
      try {
        return await inTransaction(pool, async (connection) => {
          if (!(await retire(connection, reset))) return null;
          await insert(connection, reset);
          const ended = await endOtherSessions(connection, reset);
          await connection.query("UPDATE session SET device_id = ? WHERE id = ?", [null, column(reset.keep)]);
          return ended;
        });
      } catch (error) {
        if (isDuplicate(error)) return null;
        throw error;
      }
    },
  };
}

export type IdentityResets = ReturnType<typeof createIdentityResets>;
