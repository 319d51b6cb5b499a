import { randomBytes } from "node:crypto";
import { mkdirSync, rmdirSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type FileId, idToBytes, newId } from "../../lib/base/ids.ts";
import { fileWork } from "./testing/file-work.ts";
import { inParts } from "./testing/files-on-disk.ts";
import { CLIENT, openRoomWorld, type Resident, type RoomWorld, type TestRoom } from "./testing/room-world.ts";

const HOUR_MS = 3_600_000;
const notFound = { code: "not-found" };

let world: RoomWorld;
let owner: Resident;
let member: Resident;
let room: TestRoom;

beforeAll(async () => {
  world = await openRoomWorld();
  [owner, member] = (await Promise.all([1, 2].map(() => world.newResident()))) as [Resident, Resident];
  await world.services.fileUpkeep.run();
});

afterAll(() => world?.close());

beforeEach(async () => {
  room = await world.createRoom([
    [owner, "owner"],
    [member, "member"],
  ]);
});

const { begin, progress, write, upload, read, sent, pathOf, onDisk, isOnDisk } = fileWork(() => ({
  world,
  room,
}));

describe("files end", () => {
  /** From the end on nobody gets one; its bytes follow. */
  async function expectGone(file: FileId): Promise<void> {
    await expect(read(owner, file)).rejects.toMatchObject(notFound);
    expect(isOnDisk(file)).toBe(true);
    await world.services.fileUpkeep.run();
    expect(isOnDisk(file)).toBe(false);
    expect(await world.database.files.removals()).toEqual([]);
  }

  test("with a message that its sender or a moderator erases", async () => {
    const [own, other, stays] = [await sent(member), await sent(member), await sent(owner)];
    const erase = (person: Resident, seq: number) =>
      world.services.erasures.erase(person.session, room.id, [seq], CLIENT);
    await erase(member, own.seq);
    await expectGone(own.file);
    await erase(owner, other.seq);
    await expectGone(other.file);
    expect(await read(member, stays.file)).toHaveLength(100);
  });

  test("with a message whose time is over", async () => {
    await world.database.pool.query("UPDATE conversation SET retention_seconds = 3600 WHERE id = ?", [
      Buffer.from(idToBytes(room.id)),
    ]);
    const { file } = await sent(owner);
    world.pass(2 * HOUR_MS);
    await world.services.retention.expire();
    await expectGone(file);
  });

  test("with their room, and with their uploader's account", async () => {
    const [gone, left] = [await sent(member), await sent(owner)];
    await world.database.deletions.eraseMessages(member.account);
    await expectGone(gone.file);
    expect(await read(member, left.file)).toHaveLength(100);
    await world.database.records.erase(room.id);
    world.services.conversations.forget(room.id);
    await expectGone(left.file);
  });

  test("when nobody finishes them, sends them, or may keep them longer", async () => {
    const unfinished = newId<FileId>();
    await begin(owner, unfinished, 200);
    await write(owner, unfinished, 0, inParts(randomBytes(100)));
    const loose = await upload(owner, randomBytes(10));
    const { file } = await sent(owner);
    const { fileUpkeep, policies } = world.services;
    world.pass(25 * HOUR_MS);
    await fileUpkeep.dropOld();
    await expectGone(unfinished);
    await expect(progress(owner, unfinished)).rejects.toMatchObject(notFound);
    expect(await read(owner, loose)).toHaveLength(10);
    world.pass(7 * 24 * HOUR_MS);
    await fileUpkeep.dropOld();
    await expectGone(loose);
    expect(await read(owner, file)).toHaveLength(100);
    await policies.change(null, { fileRetentionDays: 30 }, CLIENT);
    world.pass(31 * 24 * HOUR_MS);
    await fileUpkeep.dropOld();
    await expectGone(file);
    await policies.change(null, { fileRetentionDays: 0 }, CLIENT);
  });
});

describe("bytes that are still to go", () => {
  const unavailable = { code: "unavailable" };

  async function abandon(): Promise<FileId> {
    const file = newId<FileId>();
    await begin(owner, file, 200);
    await write(owner, file, 0, inParts(randomBytes(100)));
    world.pass(25 * HOUR_MS);
    await world.services.fileUpkeep.dropOld();
    return file;
  }

  test("keep their file from being begun anew, which they would take with them", async () => {
    const file = await abandon();
    await expect(begin(owner, file, 200)).rejects.toMatchObject(unavailable);
    await expect(progress(owner, file)).rejects.toMatchObject(notFound);
    await world.services.fileUpkeep.run();
    const bytes = randomBytes(200);
    await upload(owner, bytes, file);
    await world.services.fileUpkeep.run();
    expect(await read(owner, file)).toEqual(bytes);
  });

  test("are not taken by a node that listed them before another one did", async () => {
    const file = await abandon();
    const { files } = world.database;
    expect(await files.removals()).toContain(file);
    await world.services.fileUpkeep.run();
    const bytes = randomBytes(200);
    await upload(owner, bytes, file);
    const taken: FileId[] = [];
    await files.removeBytes(file, async () => taken.push(file) > 0);
    expect(taken).toEqual([]);
  });

  test("and are going: whoever begins anew waits", async () => {
    const file = await abandon();
    let begun: Promise<unknown> = Promise.resolve();
    let isBegun = false;
    await world.database.files.removeBytes(file, async () => {
      begun = begin(owner, file, 200).finally(() => {
        isBegun = true;
      });
      await new Promise((resolve) => setTimeout(resolve, 200));
      expect(isBegun).toBe(false);
      rmSync(pathOf(file));
      return true;
    });
    expect(await begun).toEqual({ received: 0 });
  });

  test("and that a request still writes to count for nothing once the file is begun anew", async () => {
    const file = newId<FileId>();
    const bytes = randomBytes(200);
    await begin(owner, file, 200);
    async function* slow() {
      yield bytes.subarray(0, 100);
      world.pass(25 * HOUR_MS);
      await world.services.fileUpkeep.dropOld();
      await world.services.fileUpkeep.run();
      await begin(owner, file, 200);
    }
    await expect(write(owner, file, 0, slow())).rejects.toMatchObject({ code: "upload-offset" });
    await write(owner, file, (await progress(owner, file)).received, inParts(bytes));
    expect(await read(owner, file)).toEqual(bytes);
  });

  test("are none of a file that was begun since its bytes were found to be strays", async () => {
    const file = newId<FileId>();
    await begin(owner, file, 100);
    const stray = newId<FileId>();
    expect(await world.database.files.giveUp([file, stray])).toBe(1);
    expect(await world.database.files.removals()).toEqual([stray]);
    await world.services.fileUpkeep.run();
  });
});

describe("the folder", () => {
  test("keeps what cannot be removed, and nothing else for its sake", async () => {
    const { fileUpkeep, erasures } = world.services;
    const [stuck, other] = [await sent(owner), await sent(owner)];
    await erasures.erase(owner.session, room.id, [stuck.seq, other.seq], CLIENT);
    rmSync(pathOf(stuck.file));
    mkdirSync(pathOf(stuck.file));
    await fileUpkeep.run();
    expect([isOnDisk(other.file), isOnDisk(stuck.file)]).toEqual([false, true]);
    expect(await world.database.files.removals()).toEqual([stuck.file]);
    rmdirSync(pathOf(stuck.file));
    await fileUpkeep.run();
    expect(await world.database.files.removals()).toEqual([]);
  });

  test("loses bytes that belong to no file, and the database files whose bytes are gone", async () => {
    const { fileUpkeep } = world.services;
    const [whole, cut, gone] = [await sent(owner), await sent(owner), await sent(owner)];
    writeFileSync(join(pathOf(whole.file), "..", "notes.txt"), "nobody's business");
    writeFileSync(
      pathOf(whole.file).replace(/[^/]+$/, (name) => `0000${name.slice(4)}`),
      "stray",
    );
    truncateSync(pathOf(cut.file), 50);
    rmSync(pathOf(gone.file));
    const strays = onDisk().length;
    await fileUpkeep.compare();
    expect(onDisk()).toHaveLength(strays - 1);
    expect(await progress(owner, gone.file)).toBeTruthy();
    // What may still be under way is looked at later.
    world.pass(3 * 24 * HOUR_MS);
    await fileUpkeep.compare();
    for (const { file } of [cut, gone]) await expect(progress(owner, file)).rejects.toMatchObject(notFound);
    expect(await read(member, whole.file)).toHaveLength(100);
  });

  test("of another database, or on a disk that is away, is not touched; files wait", async () => {
    const { fileUpkeep } = world.services;
    const { file } = await sent(owner);
    world.pass(3 * 24 * HOUR_MS);
    const name = join(world.filesFolder, "database");
    rmSync(name);
    await fileUpkeep.compare();
    await expect(read(owner, file)).rejects.toMatchObject({ code: "unavailable" });
    await expect(begin(owner, newId(), 10)).rejects.toMatchObject({ code: "unavailable" });
    expect([fileUpkeep.stored().reached, isOnDisk(file)]).toEqual([false, true]);
    const own = Buffer.from((await world.database.state.find("files-folder")) ?? []).toString("hex");
    writeFileSync(name, own);
    await fileUpkeep.run();
    expect(await read(owner, file)).toHaveLength(100);
  });
});
