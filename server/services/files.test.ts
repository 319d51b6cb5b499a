import { randomBytes } from "node:crypto";
import { statSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type FileId, idToBytes, newId } from "../../lib/base/ids.ts";
import { LIMITS } from "../../lib/protocol/limits.ts";
import { DISK_RESERVE } from "./files.ts";
import { fileWork } from "./testing/file-work.ts";
import { inParts } from "./testing/files-on-disk.ts";
import {
  CLIENT,
  newEnvelope,
  openRoomWorld,
  type Resident,
  type RoomWorld,
  type TestRoom,
} from "./testing/room-world.ts";

const HOUR_MS = 3_600_000;
const notFound = { code: "not-found" };

let world: RoomWorld;
let owner: Resident;
let member: Resident;
let outsider: Resident;
let room: TestRoom;

beforeAll(async () => {
  world = await openRoomWorld();
  [owner, member, outsider] = (await Promise.all([1, 2, 3].map(() => world.newResident()))) as [
    Resident,
    Resident,
    Resident,
  ];
  await world.services.fileUpkeep.run();
});

afterAll(() => world?.close());

beforeEach(async () => {
  room = await world.createRoom([
    [owner, "owner"],
    [member, "member"],
  ]);
});

const { begin, progress, cancel, write, upload, read, sendWith, pathOf, onDisk } = fileWork(() => ({
  world,
  room,
}));

describe("an upload", () => {
  test("goes on where it stopped, and nowhere else", async () => {
    const bytes = randomBytes(1_000);
    const file = newId<FileId>();
    expect(await begin(owner, file, 1_000)).toEqual({ received: 0 });
    const at = (from: number, to: number) => write(owner, file, from, inParts(bytes.subarray(from, to)));
    expect(await at(0, 300)).toEqual({ received: 300 });
    for (const wrong of [0, 200, 301, 999])
      await expect(at(wrong, 1_000)).rejects.toMatchObject({ code: "upload-offset" });
    expect(await begin(owner, file, 1_000)).toEqual({ received: 300 });
    expect(await progress(owner, file)).toEqual({ received: 300, size: 1_000 });
    await expect(begin(owner, file, 1_001)).rejects.toMatchObject({ code: "conflict" });
    await expect(read(owner, file)).rejects.toMatchObject(notFound);
    expect(await at(300, 1_000)).toEqual({ received: 1_000 });
    await expect(at(1_000, 1_000)).resolves.toEqual({ received: 1_000 });
    expect(await read(owner, file)).toEqual(bytes);
    expect(statSync(pathOf(file)).mode & 0o777).toBe(0o600);
  });

  test("that is cut off keeps what had come", async () => {
    const bytes = randomBytes(500);
    const file = newId<FileId>();
    await begin(owner, file, 500);
    async function* torn() {
      yield bytes.subarray(0, 100);
      yield bytes.subarray(100, 120);
      throw new Error("aborted");
    }
    await expect(write(owner, file, 0, torn())).rejects.toMatchObject({ code: "bad-request" });
    expect(await progress(owner, file)).toEqual({ received: 120, size: 500 });
    await write(owner, file, 120, inParts(bytes.subarray(120)));
    expect(await read(owner, file)).toEqual(bytes);
  });

  test("that hangs gives way to the request that comes after it", async () => {
    const bytes = randomBytes(200);
    const file = newId<FileId>();
    await begin(owner, file, 200);
    let taken = () => {};
    const hangs = new Promise<void>((resolve) => {
      taken = resolve;
    });
    async function* hanging() {
      yield bytes.subarray(0, 50);
      taken();
      await new Promise(() => {});
    }
    const first = write(owner, file, 0, hanging());
    const refused = expect(first).rejects.toMatchObject({ code: "upload-offset" });
    await hangs;
    // It does not know of the fifty bytes; where the upload stands it is told.
    await expect(write(owner, file, 0, inParts(bytes))).rejects.toMatchObject({ code: "upload-offset" });
    await refused;
    expect(await progress(owner, file)).toEqual({ received: 50, size: 200 });
    const both = await Promise.allSettled(
      [1, 2].map(() => write(owner, file, 50, inParts(bytes.subarray(50)))),
    );
    // The older one may have kept a part before it gave way: then neither is whole, and both are told to look where it stands.
    for (const one of both)
      if (one.status === "rejected") expect(one.reason).toMatchObject({ code: "upload-offset" });
    const { received } = await progress(owner, file);
    await write(owner, file, received, inParts(bytes.subarray(received)));
    expect(await read(owner, file)).toEqual(bytes);
  });

  test("takes no more than it said, nor than one request may bring", async () => {
    const file = newId<FileId>();
    await begin(owner, file, 10);
    await expect(write(owner, file, 0, inParts(randomBytes(11)))).rejects.toMatchObject({
      code: "too-large",
    });
    expect(await progress(owner, file)).toEqual({ received: 10, size: 10 });
    const large = newId<FileId>();
    await begin(owner, large, LIMITS.uploadBytes + 10);
    const more = inParts(...Array.from({ length: 5 }, () => randomBytes(1024 * 1024)));
    await expect(write(owner, large, 0, more)).rejects.toMatchObject({ code: "too-large" });
    expect((await progress(owner, large)).received).toBe(LIMITS.uploadBytes);
    await cancel(owner, large);
  });

  test("is its uploader's alone", async () => {
    const file = newId<FileId>();
    await begin(owner, file, 10);
    const elsewhere = await world.createRoom([[owner, "owner"]]);
    for (const act of [
      () => begin(member, file, 10),
      () => begin(owner, file, 10, elsewhere),
      () => progress(member, file),
      () => write(member, file, 0, inParts(randomBytes(10))),
      () => cancel(member, file),
      () => begin(outsider, newId(), 10),
      () => progress(outsider, file),
      () => write(outsider, file, 0, inParts(randomBytes(10))),
      () => cancel(outsider, file),
    ])
      await expect(act()).rejects.toMatchObject(notFound);
    await cancel(owner, file);
    await expect(cancel(owner, file)).rejects.toMatchObject(notFound);
  });

  test("is refused to who may not write", async () => {
    const quiet = await world.createRoom(
      [
        [owner, "owner"],
        [member, "member"],
      ],
      { policy: { posting: "moderators" } },
    );
    await expect(begin(member, newId(), 10, quiet)).rejects.toMatchObject({ code: "posting-restricted" });
    const file = newId<FileId>();
    await begin(member, file, 10);
    const until = world.now() + HOUR_MS;
    await world.services.moderation.mute(owner.session, room.id, { account: member.account, until }, CLIENT);
    await expect(begin(member, newId(), 10)).rejects.toMatchObject({ code: "muted" });
    await expect(write(member, file, 0, inParts(randomBytes(10)))).rejects.toMatchObject({ code: "muted" });
  });

  test("is refused where there is no room for it, and leaves nothing then", async () => {
    const { policies } = world.services;
    const change = (changes: Parameters<typeof policies.change>[1]) => policies.change(null, changes, CLIENT);
    await change({ fileMegabytes: 1 });
    await expect(begin(owner, newId(), 2 * 1024 * 1024)).rejects.toMatchObject({ code: "file-too-large" });
    await change({ fileMegabytes: 0 });
    await expect(begin(owner, newId(), 1)).rejects.toMatchObject({ code: "file-too-large" });
    await change({ fileMegabytes: 100, storageMegabytes: 1 });
    const person = await world.newResident();
    room = await world.createRoom([[person, "owner"]]);
    const half = () => begin(person, newId(), 600_000);
    const both = await Promise.allSettled([half(), half()]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    await expect(half()).rejects.toMatchObject({ code: "storage-full" });
    await change({ storageMegabytes: 5_120 });
    const file = newId<FileId>();
    await begin(person, file, 100);
    const before = onDisk();
    world.leaveFree(DISK_RESERVE + 99);
    await expect(begin(person, newId(), 100)).rejects.toMatchObject({ code: "storage-full" });
    await expect(write(person, file, 0, inParts(randomBytes(100)))).rejects.toMatchObject({
      code: "storage-full",
    });
    world.leaveFree(Number.MAX_SAFE_INTEGER);
    expect(onDisk()).toEqual(before);
    expect(await progress(person, file)).toEqual({ received: 0, size: 100 });
    await world.database.pool.query(
      `INSERT INTO file (id, conversation_id, uploader_id, size, created_at)
       SELECT UNHEX(MD5(seq)), conversation_id, uploader_id, 1, created_at FROM file JOIN seq_1_to_500 WHERE id = ?`,
      [Buffer.from(idToBytes(file))],
    );
    await expect(begin(person, newId(), 1)).rejects.toMatchObject({ code: "storage-full" });
  });
});

describe("a message", () => {
  test("makes its files everybody's who may read it", async () => {
    const bytes = randomBytes(70_000);
    const file = await upload(owner, bytes);
    await expect(read(member, file)).rejects.toMatchObject(notFound);
    await sendWith(owner, [file]);
    expect(await read(member, file)).toEqual(bytes);
    expect(await read(member, file, { first: 10, last: 19 })).toEqual(bytes.subarray(10, 20));
    expect(await read(member, file, { first: 69_990, last: 99_999 })).toEqual(bytes.subarray(69_990));
    expect(await read(member, file, { first: 5, last: null })).toEqual(bytes.subarray(5));
    expect(await read(member, file, { suffix: 7 })).toEqual(bytes.subarray(-7));
    expect(await read(member, file, { first: 70_000, last: null })).toBeNull();
    expect(await read(member, file, { suffix: 0 })).toBeNull();
    await expect(read(outsider, file)).rejects.toMatchObject(notFound);
    const elsewhere = await world.createRoom([[member, "owner"]]);
    await expect(read(member, file, null, elsewhere)).rejects.toMatchObject(notFound);
    await expect(cancel(owner, file)).rejects.toMatchObject(notFound);
    // Of somebody who may read what is said from now on.
    await world.database.pool.query(
      "UPDATE conversation_member SET visible_from_seq = 2 WHERE conversation_id = ? AND account_id = ?",
      [Buffer.from(idToBytes(room.id)), Buffer.from(idToBytes(member.account))],
    );
    world.services.conversations.forget(room.id);
    await expect(read(member, file)).rejects.toMatchObject(notFound);
  });

  test("is refused with a file that is not whole, not its sender's, not there, or another message's", async () => {
    const whole = await upload(owner, randomBytes(10));
    const half = newId<FileId>();
    await begin(owner, half, 10);
    const missing = { code: "file-missing" };
    for (const ids of [[half], [whole, half], [newId<FileId>()], [await upload(member, randomBytes(10))]])
      await expect(sendWith(owner, ids)).rejects.toMatchObject(missing);
    const elsewhere = await world.createRoom([[owner, "owner"]]);
    await expect(sendWith(owner, [whole], newEnvelope(owner, elsewhere.state))).rejects.toMatchObject(
      missing,
    );
    const envelope = newEnvelope(owner, room.state);
    const first = await sendWith(owner, [whole, whole], envelope);
    await expect(sendWith(owner, [whole])).rejects.toMatchObject(missing);
    // The receipt was lost: the same message again, also when what it held is gone.
    expect(await sendWith(owner, [whole], envelope)).toEqual(first);
    await world.services.erasures.erase(owner.session, room.id, [first.seq], CLIENT);
    expect(await sendWith(owner, [whole], envelope)).toEqual(first);
  });

  test("that is sealed anew takes its files along", async () => {
    const file = await upload(owner, randomBytes(10));
    const stale = { ...room.state, head: new Uint8Array(randomBytes(32)) };
    await expect(sendWith(owner, [file], newEnvelope(owner, stale))).rejects.toMatchObject({
      code: "old-key-epoch",
    });
    expect(
      await world.database.files.attach({
        files: [file],
        conversation: room.id,
        message: newId(),
        uploader: owner.account,
      }),
    ).toBe(true);
    await sendWith(owner, [file]);
    expect(await read(member, file)).toHaveLength(10);
  });
});
