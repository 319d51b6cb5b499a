import { randomBytes } from "node:crypto";
import { type FileId, newId } from "../../../lib/base/ids.ts";
import type { ByteRange } from "../files.ts";
import { inParts, namesIn, pathIn } from "./files-on-disk.ts";
import { CLIENT, newEnvelope, type Resident, type RoomWorld, type TestRoom } from "./room-world.ts";

const ORIGIN = { connection: "test", request: 1 };

/** What people do with files; `scene` tells where, each time anew: a room lasts for one test. */
export function fileWork(scene: () => { readonly world: RoomWorld; readonly room: TestRoom }) {
  const files = () => scene().world.services.files;
  const here = () => scene().room;

  const begin = (person: Resident, file: FileId, size: number, where = here()) =>
    files().begin(person.session, where.id, { file, size }, CLIENT);
  const progress = (person: Resident, file: FileId) =>
    files().progress(person.session, here().id, file, CLIENT);
  const cancel = (person: Resident, file: FileId) => files().cancel(person.session, here().id, file, CLIENT);
  const write = (person: Resident, file: FileId, offset: number, chunks: AsyncIterable<Uint8Array>) =>
    files().write(person.session, here().id, file, offset, () => chunks, CLIENT);
  const sendWith = (person: Resident, ids: FileId[], envelope = newEnvelope(person, here().state)) =>
    scene().world.services.messages.send(person.session, envelope, CLIENT, ORIGIN, ids);

  async function upload(person: Resident, bytes: Uint8Array, file = newId<FileId>()): Promise<FileId> {
    await begin(person, file, bytes.length);
    await write(person, file, 0, inParts(bytes));
    return file;
  }

  async function read(person: Resident, file: FileId, range: ByteRange | null = null, where = here()) {
    const { parts } = await files().open(person.session, where.id, file, range, CLIENT);
    if (!parts) return null;
    const read: Uint8Array[] = [];
    for await (const part of parts) read.push(part);
    return Buffer.concat(read);
  }

  /** A sealed file in a message of the person's. */
  async function sent(person: Resident): Promise<{ file: FileId; seq: number }> {
    const file = await upload(person, randomBytes(100));
    return { file, seq: (await sendWith(person, [file])).seq };
  }

  const pathOf = (file: FileId) => pathIn(scene().world.filesFolder, file);
  const onDisk = () => namesIn(scene().world.filesFolder);
  const isOnDisk = (file: FileId) => onDisk().some((name) => pathOf(file).endsWith(name));

  return { begin, progress, cancel, write, sendWith, upload, read, sent, pathOf, onDisk, isOnDisk };
}
