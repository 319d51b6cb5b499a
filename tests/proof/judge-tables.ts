import type { Pool } from "mariadb";
import { type ConversationId, idToBytes, type MessageId } from "../../lib/base/ids.ts";
import { idOf } from "../rooms/rooms.ts";
import type { Actor } from "./cast.ts";
import type { Visits } from "./guest.ts";
import { type Gathering, messagesOf } from "./judge.ts";

const FEW = 5;
const column = (id: ConversationId | MessageId) => Buffer.from(idToBytes(id));

/** What a stopped server keeps and devices do not show, or the other way round: they might all lack the same. */
export async function findUnshown(pool: Pool, gatherings: readonly Gathering[]): Promise<string[]> {
  const findings: string[] = [];
  for (const gathering of gatherings) {
    const stored = await storedIn(pool, gathering, gathering.before + 1);
    findings.push(...differ(gathering.people[0] as Actor, gathering, stored));
  }
  return findings;
}

/** What was promised of the guest, as the tables have it. */
export async function findVisitMisfits(pool: Pool, visits: Visits): Promise<string[]> {
  const { guest, room } = visits;
  const [row]: { key_epoch: number; visible_from_seq: number; left_at: Date | null }[] = await pool.query(
    `SELECT c.key_epoch, p.visible_from_seq, p.left_at FROM conversation c
       JOIN conversation_member p ON p.conversation_id = c.id WHERE c.id = ? AND p.account_id = ?`,
    [column(room.id), Buffer.from(idToBytes(idOf(guest.device())))],
  );
  if (!row || row.left_at) return ["the guest is no member"];
  const from = Number(row.visible_from_seq);
  const findings = differ(guest, room, await storedIn(pool, room, from));
  if (from <= visits.hiddenUpTo())
    findings.push(`the guest may see from ${from} on, and came back after ${visits.hiddenUpTo()}`);
  if (row.key_epoch <= visits.removals())
    findings.push(`${row.key_epoch} keys of a room that somebody was put out of ${visits.removals()} times`);
  return findings;
}

async function storedIn(pool: Pool, { id }: Gathering, from: number): Promise<string[]> {
  const rows: { seq: number; message_id: Buffer }[] = await pool.query(
    "SELECT seq, message_id FROM message WHERE conversation_id = ? AND seq >= ? ORDER BY seq",
    [column(id), from],
  );
  return rows.map(({ seq, message_id }) => `${seq} ${message_id.toString("hex")}`);
}

function differ(actor: Actor, gathering: Gathering, stored: readonly string[]): string[] {
  const messages = messagesOf(actor, gathering).map(({ seq, id }) => `${seq} ${column(id).toString("hex")}`);
  const [shows, keeps] = [new Set(messages), new Set(stored)];
  const unshown = stored.filter((one) => !shows.has(one));
  const invented = messages.filter((one) => !keeps.has(one));
  return [
    ...(unshown.length > 0
      ? [`${actor.name} does not show ${unshown.length}: ${unshown.slice(0, FEW)}`]
      : []),
    ...(invented.length > 0
      ? [`${actor.name} shows ${invented.length} that are not stored: ${invented.slice(0, FEW)}`]
      : []),
  ];
}
