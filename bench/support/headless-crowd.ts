import type { MessengerState } from "../../lib/client/model.ts";
import { type Device, registerDevice } from "../../server/testing/device.ts";
import { newProfile, type Profile } from "../../server/testing/node-platform.ts";
import type { ServerProcess } from "../../server/testing/server-process.ts";

const AT_ONCE = 6;
const PATIENCE_MS = 1_200_000;
const TRIES = 5;
const MS_FOR_A_RECORD = 40;

const isRecord = (data: unknown) => typeof data === "string" && data.startsWith('{"type":"record"');

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
    const device = await registerPatiently(server, i, profile);
    // All of them are one process: what each does on a machine of its own, they do one after the other.
    device.wire.incoming = (data) => [{ data, ...(isRecord(data) && { delayMs: i * MS_FOR_A_RECORD }) }];
    crowd[i] = device;
  });
  return crowd;
}

/** On a machine that does all of it, some of it takes too long. */
async function registerPatiently(server: ServerProcess, i: number, profile: Profile): Promise<Device> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await registerDevice({ ...server, firstRunToken: null }, `p${i}-${attempt}`, profile);
    } catch (error) {
      if (attempt === TRIES) throw error;
    }
  }
}
