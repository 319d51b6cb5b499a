import { join } from "node:path";
import type { ConversationId } from "../../lib/base/ids.ts";
import type { MessengerState } from "../../lib/client/model.ts";
import { decodeServerFrame } from "../../lib/protocol/frames.ts";
import { type Device, registerDevice } from "../../server/testing/device.ts";
import { newProfile } from "../../server/testing/node-platform.ts";
import type { ServerProcess } from "../../server/testing/server-process.ts";

const AT_ONCE = 6;
const PATIENCE_MS = 1_200_000;
/** How often a browser in a large room says how far it has received. */
const RECEIPT_MS = 2_000;
const MS_FOR_A_RECORD = 40;

const isRecord = (data: unknown) => typeof data === "string" && data.startsWith('{"type":"record"');

/** For Node: with it, a thousand people register in minutes. */
export const cheapPasswords = `--import ${join(import.meta.dirname, "cheap-passwords.mjs")}`;

/** In groups: so many at a time. */
export async function inGroups<T>(items: readonly T[], work: (item: T, index: number) => Promise<unknown>) {
  let next = 0;
  const worker = async () => {
    for (let i = next++; i < items.length; i = next++) await work(items[i] as T, i);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

/** Resolves when the state satisfies `holds`; rejects after 20 minutes. */
export function until(device: Device, holds: (state: MessengerState) => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`${device.person.name} waits in vain`)), PATIENCE_MS);
    const look = () => {
      if (!holds(device.messenger.getState())) return;
      clearTimeout(late);
      forget();
      resolve();
    };
    const forget = device.messenger.subscribe(look);
    look();
  });
}

/** So many people with keys and an open socket, each from an address that the server lets register. */
export async function registerCrowd(server: ServerProcess, people: number): Promise<Device[]> {
  const crowd: Device[] = [];
  await inGroups(Array.from({ length: people }), async (_, i) => {
    const profile = newProfile();
    profile.address = `10.1.${Math.floor(i / 50)}.1`;
    const device = await registerDevice({ ...server, firstRunToken: null }, `p${i}`, profile);
    // All of them are one process: what each does on a machine of its own, they do one after the other.
    device.wire.incoming = (data) => [{ data, ...(isRecord(data) && { delayMs: i * MS_FOR_A_RECORD }) }];
    crowd[i] = device;
  });
  return crowd;
}

/**
 * From now on these devices are spared the opening of messages: their sockets take what comes, and they say how far they
 * have received, as browsers do. @returns ends that they say so
 */
export function deafen(devices: readonly Device[], conversation: ConversationId): () => void {
  let newest = 0;
  let told = 0;
  for (const { wire } of devices) {
    const hear = wire.incoming;
    wire.incoming = (data) => {
      if (typeof data === "string") return hear(data);
      const frame = decodeServerFrame(new Uint8Array(data as ArrayBuffer));
      if (frame.type !== "message") return hear(data);
      newest = Math.max(newest, frame.seq);
      return [];
    };
  }
  const telling = setInterval(() => {
    if (newest === told) return;
    told = newest;
    const frame = JSON.stringify({ type: "receipt", conversation, delivered: newest });
    for (const { platform } of devices)
      for (const socket of platform.sockets) setTimeout(() => socket.send(frame), Math.random() * RECEIPT_MS);
  }, RECEIPT_MS);
  return () => clearInterval(telling);
}
