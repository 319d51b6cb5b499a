import type { Pool } from "mariadb";
import type { AccountId } from "../../lib/base/ids.ts";
import { column } from "./rows.ts";

type Row = Record<string, unknown>;

/**
 * Every row about an account, for the account. Columns are named one by one: hashes and sealed secrets stay here.
 * Ids and keys come as bytes, times as milliseconds since 1970.
 */
export function createAccountData(pool: Pool) {
  async function rows(sql: string, account: AccountId): Promise<Row[]> {
    const found: Row[] = await pool.query(sql, [column(account)]);
    return found.map(toPlain);
  }

  return {
    /** @returns null when there is no such account */
    async read(account: AccountId) {
      const [own] = await rows(
        `SELECT id, name, display_name AS displayName, status, email, role, created_at AS createdAt,
                availability, read_states AS readStates, typing, restraint, restraint_reason AS restraintReason,
                restrained_at AS restrainedAt, restrained_until AS restrainedUntil, app_passwords AS mayUseAppPasswords,
                credentials_changed_at AS credentialsChangedAt FROM account WHERE id = ?`,
        account,
      );
      if (!own) return null;
      return {
        account: own,
        picture: await rows(
          "SELECT content_type AS contentType, bytes FROM account_picture WHERE account_id = ?",
          account,
        ),
        signInCodes: await rows(
          "SELECT created_at AS createdAt FROM sign_in_code WHERE account_id = ?",
          account,
        ),
        appPasswords: await rows(
          "SELECT id, name, created_at AS createdAt, last_used_at AS lastUsedAt FROM app_password WHERE account_id = ?",
          account,
        ),
        identities: await rows(
          "SELECT public_key AS publicKey, created_at AS createdAt FROM identity WHERE account_id = ?",
          account,
        ),
        formerIdentities: await rows(
          "SELECT number, public_key AS publicKey, replaced_at AS replacedAt FROM former_identity WHERE account_id = ?",
          account,
        ),
        certificates: await rows(
          "SELECT key_type AS keyType, epoch, bytes, created_at AS createdAt FROM certificate WHERE account_id = ?",
          account,
        ),
        devices: await rows(
          "SELECT id, name, created_at AS createdAt FROM device WHERE account_id = ?",
          account,
        ),
        vault: await rows(
          "SELECT entry_id AS id, counter, vault_key_version AS vaultKeyVersion, LENGTH(ciphertext) AS size FROM vault_entry WHERE account_id = ?",
          account,
        ),
        sessions: await rows(
          `SELECT id, device_id AS device, app_password_id AS appPassword, address, agent, suspicion, created_at AS createdAt,
                  last_seen_at AS lastSeenAt, ends_at AS endsAt, revoked_at AS revokedAt
             FROM session WHERE account_id = ? ORDER BY created_at`,
          account,
        ),
        journal: await rows(
          "SELECT id, at, event, outcome, address, agent, detail FROM journal WHERE account_id = ? ORDER BY id",
          account,
        ),
        conversations: await rows(
          `SELECT c.id, c.kind, m.role, m.muted_until AS mutedUntil, c.created_at AS createdAt, c.closed_at AS closedAt, c.last_seq AS messages,
                  m.delivered_seq AS deliveredSeq, m.delivered_at AS deliveredAt, m.read_seq AS readSeq,
                  m.shown_read_seq AS shownReadSeq, m.shown_read_at AS shownReadAt
             FROM conversation_member m JOIN conversation c ON c.id = m.conversation_id
            WHERE m.account_id = ? AND m.left_at IS NULL`,
          account,
        ),
        files: await rows(
          "SELECT id, conversation_id AS conversation, message_id AS message, size, received, created_at AS createdAt FROM file WHERE uploader_id = ?",
          account,
        ),
        joinRequests: await rows(
          "SELECT conversation_id AS conversation, request, created_at AS createdAt FROM join_request WHERE account_id = ?",
          account,
        ),
        roomOffers: await rows(
          "SELECT conversation_id AS conversation, offered_at AS offeredAt FROM room_offer WHERE account_id = ?",
          account,
        ),
        reports: await rows(
          `SELECT id, conversation_id AS conversation, audience, created_at AS createdAt, LENGTH(sealed) AS size, decision,
                  decided_at AS decidedAt FROM report WHERE reporter_id = ?`,
          account,
        ),
        reportsToRead: await rows(
          `SELECT r.id, r.conversation_id AS conversation, r.audience, r.created_at AS createdAt
             FROM report_box b JOIN report r ON r.id = b.report_id WHERE b.account_id = ?`,
          account,
        ),
        measures: await rows(
          "SELECT conversation_id AS conversation, decided_at AS at, measure, erased FROM report WHERE about_id = ?",
          account,
        ),
        warnings: await rows("SELECT at, text FROM warning WHERE account_id = ?", account),
        invitation: await rows(
          "SELECT invitation_id AS id, used_at AS usedAt FROM invitation_use WHERE account_id = ?",
          account,
        ),
        invitationsMade: await rows(
          `SELECT id, role, note, uses, max_uses AS maxUses, created_at AS createdAt, expires_at AS expiresAt,
                  revoked_at AS revokedAt FROM invitation WHERE created_by = ?`,
          account,
        ),
        bans: await rows(
          "SELECT conversation_id AS conversation FROM conversation_ban WHERE account_id = ?",
          account,
        ),
        moderation: await rows(
          "SELECT conversation_id AS conversation, at, kind, muted_until AS mutedUntil FROM moderation_event WHERE author_id = ?",
          account,
        ),
        moderated: await rows(
          "SELECT conversation_id AS conversation, at, kind, muted_until AS mutedUntil FROM moderation_event WHERE account_id = ?",
          account,
        ),
      };
    },
  };
}

export type AccountDataTable = ReturnType<typeof createAccountData>;

function toPlain(row: Row): Row {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => {
      if (value instanceof Date) return [name, value.getTime()];
      return [name, value instanceof Uint8Array ? new Uint8Array(value) : value];
    }),
  );
}
