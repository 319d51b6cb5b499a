import type { Pool } from "mariadb";

/** Each question asks for rows that nothing explains. */
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
  "lines of the journal that are missing":
    "SELECT IF(COUNT(*) = 0, 0, MAX(id) - MIN(id) + 1 - COUNT(*)) n FROM journal",
};

/** What is wrong in the tables of a server that has stopped, in words; and what MariaDB itself finds wrong with them. */
export async function findMisfits(pool: Pool): Promise<string[]> {
  const misfits: string[] = [];
  for (const [what, question] of Object.entries(QUESTIONS)) {
    const [row] = (await pool.query(question)) as { n: number | string }[];
    if (Number(row?.n) !== 0) misfits.push(`${row?.n} ${what}`);
  }
  const tables = (await pool.query("SHOW TABLES")) as Record<string, string>[];
  for (const name of tables.flatMap((row) => Object.values(row))) {
    const checked = (await pool.query(`CHECK TABLE \`${name}\``)) as { Msg_type: string; Msg_text: string }[];
    const bad = checked.filter(({ Msg_type, Msg_text }) => Msg_type !== "status" || Msg_text !== "OK");
    misfits.push(...bad.map(({ Msg_text }) => `table ${name}: ${Msg_text}`));
  }
  return misfits;
}
