import type { Pool } from "mariadb";
import { pino } from "pino";
import { openPool } from "../../server/database/connection.ts";
import { startEmbeddedDatabase } from "../../server/database/embedded/embedded-database.ts";
import type { LoadClient } from "./load.ts";

/** In an envelope: version, suite, kind; then the conversation. */
const CONVERSATION_AT = 3;
const ID_BYTES = 16;
/** One statement's worth of doubling. */
const ROWS_AT_ONCE = 250_000;

/** In base64url. */
export const conversationOf = ({ envelope }: LoadClient): string => {
  const bytes = Buffer.from(envelope, "base64");
  return bytes.subarray(CONVERSATION_AT, CONVERSATION_AT + ID_BYTES).toString("base64url");
};

/** So many messages in each of these clients' conversations, in the data folder of a server that does not run. */
export async function fill(
  dataFolder: string,
  clients: readonly LoadClient[],
  messages: number,
): Promise<void> {
  const log = pino({ level: "silent" });
  const database = await startEmbeddedDatabase({ dataFolder, bufferPoolMegabytes: 512, log });
  const pool = openPool(database, 1);
  try {
    for (const client of clients) await fillOne(pool, client, messages);
  } finally {
    await pool.end();
    await database.stop();
  }
}

/** The first one as it would be sent; all others by doubling what is there. The server cannot tell. */
async function fillOne(pool: Pool, client: LoadClient, messages: number): Promise<void> {
  const conversation = Buffer.from(conversationOf(client), "base64url");
  const [head] = (await pool.query("SELECT last_seq FROM conversation WHERE id = ?", [conversation])) as {
    last_seq: number;
  }[];
  let there = head?.last_seq ?? 0;
  if (there === 0) {
    await pool.query(
      "INSERT INTO message (conversation_id, seq, message_id, sender_id, stored_at, envelope) VALUES (?, 1, UNHEX(MD5('1')), ?, NOW(3), ?)",
      [conversation, Buffer.from(client.account, "hex"), Buffer.from(client.envelope, "base64")],
    );
    there = 1;
  }
  while (there < messages) {
    const more = Math.min(there, messages - there, ROWS_AT_ONCE);
    await pool.query(
      `INSERT INTO message (conversation_id, seq, message_id, sender_id, stored_at, envelope)
       SELECT conversation_id, seq + ?, UNHEX(MD5(seq + ?)), sender_id, stored_at, envelope FROM message WHERE conversation_id = ? AND seq <= ?`,
      [there, there, conversation, more],
    );
    there += more;
  }
  await pool.query("UPDATE conversation SET last_seq = ? WHERE id = ?", [there, conversation]);
}
