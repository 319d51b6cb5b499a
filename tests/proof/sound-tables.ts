import type { Pool } from "mariadb";
import { createJournalChain } from "../../server/database/journal-chain.ts";
import { verifyJournal } from "../../server/services/journal-verification.ts";

/** Each question asks for rows that nothing explains, and that no foreign key keeps away. */
const QUESTIONS: Readonly<Record<string, string>> = {
  "messages of no conversation":
    "SELECT COUNT(*) n FROM message m LEFT JOIN conversation c ON c.id = m.conversation_id WHERE c.id IS NULL",
  "messages beyond the newest or before the oldest":
    "SELECT COUNT(*) n FROM message m JOIN conversation c ON c.id = m.conversation_id WHERE m.seq > c.last_seq OR m.seq < c.first_seq",
  "conversations with gaps between their messages": `SELECT COUNT(*) n FROM (SELECT c.id, c.last_seq - c.first_seq + 1 wanted, COUNT(m.seq) found
      FROM conversation c LEFT JOIN message m ON m.conversation_id = c.id GROUP BY c.id HAVING wanted <> found) gaps`,
  "messages by who was never a member": `SELECT COUNT(*) n FROM message m LEFT JOIN conversation_member p
      ON p.conversation_id = m.conversation_id AND p.account_id = m.sender_id WHERE p.account_id IS NULL`,
  "positions beyond the newest message": `SELECT COUNT(*) n FROM conversation_member p JOIN conversation c ON c.id = p.conversation_id
      WHERE p.delivered_seq > c.last_seq OR p.read_seq > c.last_seq`,
  "members who are no account":
    "SELECT COUNT(*) n FROM conversation_member p LEFT JOIN account a ON a.id = p.account_id WHERE p.left_at IS NULL AND a.id IS NULL",
  "rooms that count their members wrongly": `SELECT COUNT(*) n FROM (SELECT c.id, c.member_count wanted, COUNT(p.account_id) found FROM conversation c
      LEFT JOIN conversation_member p ON p.conversation_id = c.id AND p.left_at IS NULL
      WHERE c.kind <> 'direct' GROUP BY c.id HAVING wanted <> found) counts`,
  "conversations without all of their records": `SELECT COUNT(*) n FROM (SELECT c.id, c.record_number wanted, COUNT(r.number) found, MAX(r.number) newest
      FROM conversation c LEFT JOIN conversation_record r ON r.conversation_id = c.id
      GROUP BY c.id HAVING wanted <> found OR wanted <> newest) records`,
  "boxes of keys that there are not":
    "SELECT COUNT(*) n FROM conversation_box b JOIN conversation c ON c.id = b.conversation_id WHERE b.key_epoch > c.key_epoch",
  "boxes for who was never a member": `SELECT COUNT(*) n FROM conversation_box b LEFT JOIN conversation_member p
      ON p.conversation_id = b.conversation_id AND p.account_id = b.account_id WHERE p.account_id IS NULL`,
  "members without the newest key": `SELECT COUNT(*) n FROM conversation_member p JOIN conversation c ON c.id = p.conversation_id
      LEFT JOIN conversation_box b ON b.conversation_id = c.id AND b.key_epoch = c.key_epoch AND b.account_id = p.account_id
      WHERE p.left_at IS NULL AND b.account_id IS NULL`,
  "ends of keys that there are not": `SELECT COUNT(*) n FROM conversation_key_epoch k JOIN conversation c ON c.id = k.conversation_id
      WHERE k.key_epoch > c.key_epoch OR k.last_seq > c.last_seq`,
  "accounts whose vault no key opens": `SELECT COUNT(*) n FROM identity i LEFT JOIN vault_key_box b
      ON b.account_id = i.account_id AND b.vault_key_version = i.vault_key_version WHERE b.account_id IS NULL`,
  "entries of a vault under another key": `SELECT COUNT(*) n FROM vault_entry e LEFT JOIN identity i ON i.account_id = e.account_id
      WHERE i.account_id IS NULL OR e.vault_key_version <> i.vault_key_version`,
  "accounts with an identity and not all certificates": `SELECT COUNT(*) n FROM (SELECT i.account_id, COUNT(DISTINCT c.key_type) kinds FROM identity i
      LEFT JOIN certificate c ON c.account_id = i.account_id GROUP BY i.account_id HAVING kinds < 2) certificates`,
  "files that came farther than they go": "SELECT COUNT(*) n FROM file WHERE received > size",
  "files of messages that are gone or not theirs": `SELECT COUNT(*) n FROM file f LEFT JOIN message m
      ON m.conversation_id = f.conversation_id AND m.message_id = f.message_id AND m.sender_id = f.uploader_id AND LENGTH(m.envelope) > 32
      WHERE f.held AND m.seq IS NULL`,
  "files that are gone and still there": "SELECT COUNT(*) n FROM file f JOIN file_removal r ON r.id = f.id",
  "places shown as read that were not":
    "SELECT COUNT(*) n FROM conversation_member WHERE shown_read_seq > read_seq",
  "members who see from beyond the next message": `SELECT COUNT(*) n FROM conversation_member p JOIN conversation c ON c.id = p.conversation_id
      WHERE p.visible_from_seq > c.last_seq + 1`,
  "conversations with another newest record than they say": `SELECT COUNT(*) n FROM conversation c
      JOIN conversation_record r ON r.conversation_id = c.id AND r.number = c.record_number
      WHERE UNHEX(SHA2(r.bytes, 256)) <> c.record_hash`,
  "conversations without the end of each key": `SELECT COUNT(*) n FROM (SELECT c.key_epoch - 1 wanted, COUNT(k.key_epoch) found FROM conversation c
      LEFT JOIN conversation_key_epoch k ON k.conversation_id = c.id AND k.key_epoch < c.key_epoch
      GROUP BY c.id, c.key_epoch HAVING wanted <> found) epochs`,
  "keys that begin elsewhere than the one before ends": `SELECT COUNT(*) n FROM conversation c
      JOIN conversation_key_epoch k ON k.conversation_id = c.id AND k.key_epoch = c.key_epoch - 1
      WHERE k.last_seq <> c.key_epoch_seq`,
  "keys that end before the one before": `SELECT COUNT(*) n FROM conversation_key_epoch k
      JOIN conversation_key_epoch later ON later.conversation_id = k.conversation_id AND later.key_epoch = k.key_epoch + 1
      WHERE later.last_seq < k.last_seq`,
  "conversations of two without both": `SELECT COUNT(*) n FROM (SELECT c.id, COUNT(p.account_id) found FROM conversation c
      LEFT JOIN conversation_member p ON p.conversation_id = c.id WHERE c.kind = 'direct' GROUP BY c.id HAVING found <> 2) pairs`,
  "rooms that say wrongly whether they have an owner": `SELECT COUNT(*) n FROM conversation c
      WHERE c.kind <> 'direct' AND c.closed_at IS NULL AND c.ownerless = EXISTS (SELECT 1 FROM conversation_member p
        WHERE p.conversation_id = c.id AND p.role = 'owner' AND p.left_at IS NULL)`,
  "living sessions of devices that there are not": `SELECT COUNT(*) n FROM session s
      LEFT JOIN device d ON d.id = s.device_id AND d.account_id = s.account_id
      WHERE s.device_id IS NOT NULL AND s.revoked_at IS NULL AND d.id IS NULL`,
  "living sessions by app passwords that there are not": `SELECT COUNT(*) n FROM session s
      LEFT JOIN app_password a ON a.id = s.app_password_id AND a.account_id = s.account_id
      WHERE s.app_password_id IS NOT NULL AND s.revoked_at IS NULL AND a.id IS NULL`,
  "invitations that more came by than were counted, or may": `SELECT COUNT(*) n FROM invitation i
      WHERE i.uses > i.max_uses OR i.uses < (SELECT COUNT(*) FROM invitation_use u WHERE u.invitation_id = i.id)`,
  "files of no conversation":
    "SELECT COUNT(*) n FROM file f LEFT JOIN conversation c ON c.id = f.conversation_id WHERE c.id IS NULL",
  "files by who is nobody": `SELECT COUNT(*) n FROM file f LEFT JOIN account a ON a.id = f.uploader_id
      LEFT JOIN unfinished_deletion u ON u.account_id = f.uploader_id WHERE a.id IS NULL AND u.account_id IS NULL`,
};

/** What is wrong in the tables of a server that has stopped, in words; and what MariaDB itself finds wrong with them. */
export async function findMisfits(pool: Pool): Promise<string[]> {
  const misfits: string[] = [];
  for (const [what, question] of Object.entries(QUESTIONS)) {
    const [row] = (await pool.query(question)) as { n: number | string }[];
    if (Number(row?.n) !== 0) misfits.push(`${row?.n} ${what}`);
  }
  misfits.push(...(await findJournalFaults(pool)));
  const tables = (await pool.query("SHOW TABLES")) as Record<string, string>[];
  for (const name of tables.flatMap((row) => Object.values(row))) {
    const checked = (await pool.query(`CHECK TABLE \`${name}\``)) as { Msg_type: string; Msg_text: string }[];
    const bad = checked.filter(({ Msg_type, Msg_text }) => Msg_type !== "status" || Msg_text !== "OK");
    misfits.push(...bad.map(({ Msg_text }) => `table ${name}: ${Msg_text}`));
  }
  return misfits;
}

/** As whoever runs the server would have it checked. */
async function findJournalFaults(pool: Pool): Promise<string[]> {
  const steps = verifyJournal(createJournalChain(pool));
  let step = await steps.next();
  while (!step.done) step = await steps.next();
  return step.value.faults.map(({ kind, id }) => `journal: ${kind} at ${id}`);
}
