import { readdirSync } from "node:fs";
import { join } from "node:path";
import { type ConversationId, type FileId, newId } from "../../../lib/base/ids.ts";
import { createApi } from "../../../lib/client/api.ts";
import type { Shapes } from "../../../server/http/route.ts";
import { serverNow } from "../../../server/testing/clock.ts";
import { type Device, registerDevice, startTalking } from "../../../server/testing/device.ts";
import type { Profile } from "../../../server/testing/node-platform.ts";
import { type ServerProcess, startServer } from "../../../server/testing/server-process.ts";
import { idOf, newRoom, roomsOf } from "../../rooms/rooms.ts";
import { giveRole, whileStopped } from "../../security/support/roles.ts";

const API = join(import.meta.dirname, "..", "..", "..", "app", "api");
const METHODS = ["GET", "POST", "PUT", "DELETE"] as const;
const WEEK_MS = 7 * 24 * 3_600_000;
const YEAR_MS = 52 * WEEK_MS;
const UPLOADS = 8;
const UPLOAD_BYTES = 20_000;
/** Those who ask; the last two may do what is dangerous. */
export const ASKERS = ["nobody", "member", "bold", "administrator"] as const;
export type Asker = (typeof ASKERS)[number];

/** Where something may be sent, and what is taken there. */
export interface Target {
  readonly method: string;
  /** As declared: /api/people/[id]/keys. */
  readonly path: string;
  readonly shapes: Shapes;
}

/** What a browser of ours really sent. */
export interface Recorded {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

export interface Stage {
  readonly server: ServerProcess;
  readonly profiles: Readonly<Record<Asker, Profile | null>>;
  readonly targets: readonly Target[];
  readonly recorded: readonly Recorded[];
  /** Sealed messages, as they left. */
  readonly envelopes: readonly Uint8Array[];
  /** Of what there is, and whose loss nobody minds. */
  readonly ids: readonly string[];
  /** Paths of files that the member has begun to send. */
  readonly uploads?: readonly string[];
}

/** A server with people, a conversation and a room, and everything that these sent for it. */
export async function setStage(): Promise<Stage> {
  // A leak would end it.
  const env = { TRUSTED_PROXIES: "127.0.0.0/8,::1", NODE_OPTIONS: "--max-old-space-size=384" };
  let server = await startServer({ debug: false, env });
  const recorded: Recorded[] = [];
  const stopRecording = record(server, recorded);
  const envelopes: Uint8Array[] = [];
  const people: Device[] = [];
  for (const name of ["root", "alice", "bold", "victim"]) people.push(await registerDevice(server, name));
  const [root, alice, bold, victim] = people as [Device, Device, Device, Device];
  alice.wire.outgoing = (data) => {
    if (typeof data !== "string") envelopes.push(new Uint8Array(data as ArrayBuffer));
    return true;
  };
  const conversation = await startTalking(alice, victim);
  const room = await newRoom(alice, [victim]);
  await act(alice, victim, conversation, room);
  const uploads = await beginUploads(alice, conversation);
  stopRecording();
  for (const device of people) device.close();
  server = await whileStopped(server, async (pool) => {
    await giveRole(pool, "root", "administrator");
    // However far the clock is put forward: nobody's session ends, and who proved both factors did so just now.
    const never = new Date(serverNow() + YEAR_MS);
    await pool.query("UPDATE session SET created_at = ?, last_seen_at = ?, ends_at = ?", [
      never,
      never,
      never,
    ]);
    await pool.query(
      "UPDATE session SET stepped_up_at = ?, admin_seen_at = ? WHERE account_id IN (SELECT id FROM account WHERE name IN ('root', 'bold'))",
      [never, never],
    );
  });
  return {
    server,
    profiles: { nobody: null, member: alice.profile, bold: bold.profile, administrator: root.profile },
    targets: await findTargets(),
    recorded,
    envelopes,
    ids: [idOf(victim), conversation, room],
    uploads,
  };
}

/** Some of everything that has a body of its own. */
async function act(
  alice: Device,
  victim: Device,
  conversation: ConversationId,
  room: ConversationId,
): Promise<void> {
  for (const text of ["one", "two"]) {
    await alice.say(conversation, text);
    await alice.say(room, text);
  }
  await victim.until(() => victim.texts(room).length === 2, "both");
  const message = alice.messenger.getState().timelines.get(conversation)?.messages[0];
  if (message?.seq)
    await alice.messenger.send(conversation, {
      type: "delete",
      target: { id: message.id, seq: message.seq },
    });
  const rooms = await roomsOf(alice);
  await rooms.rename(room, { name: "Other plans" });
  await rooms.createInvitation(room, serverNow() + WEEK_MS);
  await rooms.mute(room, idOf(victim), serverNow() + YEAR_MS);
  await rooms.remove(room, idOf(victim));
  await rooms.add(room, [idOf(victim)]);
  const notes = await alice.messenger.notes();
  await notes.update(conversation, (before) => ({ ...before, notify: "none" }));
}

async function beginUploads({ platform }: Device, conversation: ConversationId): Promise<string[]> {
  const path = `/api/conversations/${conversation}/files`;
  const files = Array.from({ length: UPLOADS }, () => newId<FileId>());
  for (const file of files) await createApi(platform).send("POST", path, { file, size: UPLOAD_BYTES });
  return files.map((file) => `${path}/${file}`);
}

/** Keeps what is sent to this server until it is told to stop. */
function record(server: ServerProcess, recorded: Recorded[]): () => void {
  const real = globalThis.fetch;
  globalThis.fetch = (input, init) => {
    const url = new URL(String(input));
    if (url.origin === server.origin && typeof init?.body === "string")
      recorded.push({ method: init.method ?? "POST", path: url.pathname, body: JSON.parse(init.body) });
    return real(input, init);
  };
  return () => {
    globalThis.fetch = real;
  };
}

export async function findTargets(): Promise<Target[]> {
  const targets: Target[] = [];
  for (const file of readdirSync(API, { recursive: true, encoding: "utf8" })) {
    if (!file.endsWith("route.ts")) continue;
    const handlers = (await import(join(API, file))) as Record<string, { shapes?: Shapes }>;
    const path = `/api/${file.replace(/\/route\.ts$/, "")}`;
    for (const method of METHODS)
      if (handlers[method]) targets.push({ method, path, shapes: handlers[method].shapes ?? {} });
  }
  return targets;
}
