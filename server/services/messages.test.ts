import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { concat } from "../../lib/base/bytes.ts";
import { type FileId, newId } from "../../lib/base/ids.ts";
import { createAttachments } from "./attachments.ts";
import { createMessageService } from "./messages.ts";
import type { ServerEvent } from "./publish.ts";
import {
  added,
  CLIENT,
  newEnvelope,
  openRoomWorld,
  type Resident,
  type RoomWorld,
  type TestRoom,
} from "./testing/room-world.ts";

const ORIGIN = { connection: "test", request: 1 };

let world: RoomWorld;
let writer: Resident;
let room: TestRoom;
let messages: ReturnType<typeof createMessageService>;
/** How many each transaction took. */
let taken: number[];
let published: ServerEvent[] = [];
const logged: { msg: string; err?: { code: string }; refused?: number }[] = [];

beforeAll(async () => {
  world = await openRoomWorld();
  writer = await world.newResident();
  room = await world.createRoom([[writer, "owner"]]);
  const log = pino({}, { write: (line: string) => void logged.push(JSON.parse(line)) });
  const { database, services, now: clock } = world;
  messages = createMessageService({
    ...{
      database,
      log,
      clock,
      conversations: services.conversations,
      attachments: createAttachments(database, log),
    },
    counts: { add: () => {} },
    metrics: { commit: (size) => void taken.push(size) },
    publish: (event) => void published.push(event),
  });
  // From then on nothing has to be asked for.
  taken = [];
  await write();
});

afterAll(() => world.close());

beforeEach(() => {
  taken = [];
  published = [];
});

const write = (envelope = newEnvelope(writer, room.state), by = writer) =>
  messages.send(by.session, envelope, CLIENT, ORIGIN);
const toldTo = () => published.map((event) => event.type === "message" && event.members);

it("stores the first at once, and whatever comes meanwhile together", async () => {
  const stored = await Promise.all([write(), write(), write()]);
  expect(taken).toEqual([1, 2]);
  const [first] = stored.map(({ seq }) => seq);
  expect(stored.map(({ seq }) => seq - (first as number))).toEqual([0, 1, 2]);
});

it("holds what is sent twice at once against what was stored", async () => {
  const [twice, other] = [newEnvelope(writer, room.state), newEnvelope(writer, room.state)];
  const altered = twice.slice();
  altered[altered.length - 1] = (altered.at(-1) as number) ^ 1;
  const append = vi.spyOn(world.database.messages, "append");
  const [first, again, conflict, last] = await Promise.allSettled([
    write(twice),
    write(twice),
    write(altered),
    write(other),
  ]);
  expect(first).toMatchObject({ status: "fulfilled" });
  expect(again).toEqual(first);
  expect(conflict).toMatchObject({ status: "rejected", reason: { code: "conflict" } });
  expect(last).toMatchObject({ status: "fulfilled" });
  for (const [batch] of append.mock.calls) {
    expect(new Set(batch.map(({ id }) => id)).size).toBe(batch.length);
  }
});

it("tells what is sent again to those who may see it, and to nobody else once its sender may not write", async () => {
  const [member, late] = [await world.newResident(), await world.newResident()];
  let garden = await world.createRoom([
    [writer, "owner"],
    [member, "member"],
  ]);
  const envelope = newEnvelope(member, garden.state);
  const first = await write(envelope, member);
  const all = [writer, member, late];
  garden = await world.change(writer, garden, { kind: "add", changes: [added(late)] }, all);
  expect(await write(envelope, member)).toEqual(first);
  const before = expect.arrayContaining([writer.account, member.account]);
  expect(toldTo()).toEqual([before, before]);
  expect(toldTo()[1]).toHaveLength(2);
  const mute = { account: member.account, until: world.now() + 60_000 };
  await world.services.moderation.mute(writer.session, garden.id, mute, CLIENT);
  expect(await write(envelope, member)).toEqual(first);
  expect(toldTo().at(-1)).toEqual([member.account]);
});

it("does not count in slow mode what its files kept from being stored", async () => {
  const member = await world.newResident();
  const slow = await world.createRoom(
    [
      [writer, "owner"],
      [member, "member"],
    ],
    { policy: { slowSeconds: 10 } },
  );
  const send = (files: readonly FileId[] = []) =>
    messages.send(member.session, newEnvelope(member, slow.state), CLIENT, ORIGIN, files);
  vi.spyOn(world.database.files, "attach").mockRejectedValueOnce(new Error("GONE"));
  await expect(send([newId<FileId>()])).rejects.toThrow("GONE");
  await send();
  await expect(send()).rejects.toMatchObject({ code: "slow-mode" });
});

it("tells others in slow mode as rarely of what is sent again as of anything else", async () => {
  const [member, late] = [await world.newResident(), await world.newResident()];
  let slow = await world.createRoom(
    [
      [writer, "owner"],
      [member, "member"],
    ],
    { policy: { slowSeconds: 10 } },
  );
  const envelope = newEnvelope(member, slow.state);
  const again = (files: readonly FileId[] = []) =>
    messages.send(member.session, envelope, CLIENT, ORIGIN, files);
  const first = await again();
  for (const files of [[], [], [newId<FileId>()]]) expect(await again(files)).toEqual(first);
  world.pass(10_000);
  for (const _ of [1, 2]) expect(await again([newId<FileId>()])).toEqual(first);
  const all = [writer, member, late];
  slow = await world.change(writer, slow, { kind: "add", changes: [added(late)] }, all);
  world.pass(10_000);
  for (const _ of [1, 2]) expect(await again()).toEqual(first);
  expect(toldTo().map((members) => (members ? members.length : null))).toEqual([2, 1, 1, 1, 2, 1, 2, 1]);
});

it("takes no more while much waits, by its bytes too", async () => {
  const large = () => concat(newEnvelope(writer, room.state), new Uint8Array(59_000));
  const append = vi.spyOn(world.database.messages, "append");
  append.mockImplementation(async (batch) => batch.map(() => ({ outcome: "conflict" })));
  const sent = await Promise.allSettled(Array.from({ length: 1_200 }, () => write(large())));
  const codes = sent.map((one) => one.status === "rejected" && one.reason.code);
  append.mockRestore();
  expect(codes.slice(0, 1_100)).not.toContain("overloaded");
  expect(codes.at(-1)).toBe("overloaded");
  await write();
});

it("has one word in the log about many that fail alike, and one when they are stored again", async () => {
  const append = vi.spyOn(world.database.messages, "append");
  for (const code of ["GONE", "GONE", "FULL"]) {
    append.mockRejectedValueOnce(Object.assign(new Error(code), { code }));
    await expect(write()).rejects.toMatchObject({ code: "unavailable" });
  }
  await write();
  await write();
  expect(logged.map(({ msg, err, refused }) => [msg, err?.code ?? refused])).toEqual([
    ["messages not stored", "GONE"],
    ["messages not stored", "FULL"],
    ["messages are stored again", 3],
  ]);
});
