import type { AccountId, ConversationId } from "../../lib/base/ids.ts";
import type { NewRoom, Rooms } from "../../lib/client/model-rooms.ts";
import type { Device } from "../../server/testing/device.ts";

export const idOf = (device: Device) => device.messenger.getState().me?.id as AccountId;
export const roomsOf = (device: Device): Promise<Rooms> => device.messenger.rooms();
export const here = (device: Device, room: ConversationId) =>
  device.messenger.getState().conversations?.find(({ id }) => id === room);

/** In it, and reading. */
export async function enters(device: Device, room: ConversationId): Promise<void> {
  await device.until(() => here(device, room) !== undefined, "the room is listed");
  await device.messenger.openConversation(room);
}

export const isOut = (device: Device, room: ConversationId) =>
  device.until(() => here(device, room) === undefined, "the room is gone");

export const sees = (device: Device, room: ConversationId, text: string) =>
  device
    .until(() => device.texts(room).includes(text), `"${text}"`)
    .catch((error: Error) =>
      Promise.reject(new Error(`${error.message}; ${here(device, room)?.alert}; ${device.texts(room)}`)),
    );

/** Everybody in it. */
export async function newRoom(
  owner: Device,
  people: readonly Device[],
  more: Partial<NewRoom> = {},
): Promise<ConversationId> {
  const room = await (await roomsOf(owner)).create({
    kind: "private-room",
    name: "Plans",
    topic: "What comes next",
    history: "since-joining",
    retentionSeconds: 0,
    posting: "everyone",
    people: people.map(idOf),
    ...more,
  });
  await Promise.all([owner, ...people].map((device) => enters(device, room)));
  return room;
}

export async function goOffline(device: Device): Promise<void> {
  device.wire.down = true;
  for (const socket of device.platform.sockets) socket.terminate();
  await device.until(({ connection }) => connection === "offline", "offline");
}

export async function goOnline(device: Device): Promise<void> {
  device.wire.down = false;
  await device.until(({ connection }) => connection === "online", "online");
}
