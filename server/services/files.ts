import type { ConversationId, FileId } from "../../lib/base/ids.ts";
import { AppError } from "../../lib/protocol/errors.ts";
import { mostSealedBytes } from "../../lib/protocol/http/files.ts";
import { LIMITS } from "../../lib/protocol/limits.ts";
import type { Database } from "../database/database.ts";
import type { FileRow } from "../database/files.ts";
import { type FileStore, StorageFullError } from "../files/file-store.ts";
import { SERVER_LIMITS } from "../limits.ts";
import type { ServerMetrics } from "../server-metrics.ts";
import type { Client } from "./client.ts";
import type { ConversationService } from "./conversations.ts";
import type { DailyCounts } from "./daily-counts.ts";
import type { FileUpkeep } from "./file-upkeep.ts";
import { findWritingRefusal } from "./may-write-now.ts";
import type { Policies } from "./policies.ts";
import type { Session } from "./sessions.ts";

const MEGABYTE = 1024 * 1024;
/** What files leave free on their disk: the database may lie there as well, and messages come first. */
export const DISK_RESERVE = 512 * MEGABYTE;

/** A part of a sealed file, from `start` to, not with, `end`. */
export interface OpenFile {
  readonly size: number;
  readonly start: number;
  readonly end: number;
  readonly parts: AsyncGenerator<Uint8Array>;
}

/** As a request names it: from one byte to another, both included; or so many at the end. */
export type ByteRange =
  | { readonly first: number; readonly last: number | null }
  | { readonly suffix: number };

export interface FileDeps {
  readonly database: Pick<Database, "files">;
  readonly store: FileStore;
  readonly upkeep: Pick<FileUpkeep, "requireStore">;
  readonly conversations: ConversationService;
  readonly policies: Pick<Policies, "current">;
  readonly counts: Pick<DailyCounts, "add">;
  readonly metrics: Pick<ServerMetrics, "file">;
  readonly clock: () => number;
}

/** Sealed files on their way in and out. The server sees bytes, sizes, and which message they are sent with. */
export function createFileService(deps: FileDeps) {
  const { database, store, upkeep, conversations, policies, counts, metrics, clock } = deps;
  const { files } = database;
  const writing = new Map<FileId, { readonly stop: () => void; readonly ended: Promise<void> }>();

  function refuse(code: "file-too-large" | "storage-full", detail: string): never {
    metrics.file.refused(code);
    throw new AppError(code, detail);
  }

  /** As a message is refused. @throws AppError */
  async function requireWriter(session: Session, id: ConversationId, client: Client): Promise<void> {
    const conversation = await conversations.requireMember(session, id, client);
    upkeep.requireStore();
    const refusal = findWritingRefusal(conversation, session.accountId, clock());
    if (refusal) throw new AppError(refusal, "nothing may be written here");
  }

  /** Whose an upload is not is told what somebody is told who made the id up. @throws AppError "not-found" */
  async function requireOwn(
    { accountId }: Session,
    conversation: ConversationId,
    file: FileId,
  ): Promise<FileRow> {
    const row = await files.find(file);
    if (row?.uploader === accountId && row.conversation === conversation) return row;
    throw new AppError("not-found", "no such upload");
  }

  async function requireDisk(bytes: number): Promise<void> {
    if ((await store.free()) - bytes < DISK_RESERVE) refuse("storage-full", "the disk");
  }

  /** One request writes a file at a time. The newer one is the one that somebody waits for: an older one hangs. */
  async function inTurn<T>(file: FileId, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    for (let other = writing.get(file); other; other = writing.get(file)) {
      other.stop();
      await other.ended;
    }
    const controller = new AbortController();
    const done = work(controller.signal);
    const forget = () => void writing.delete(file);
    writing.set(file, {
      stop: () => controller.abort(new Error("a newer request")),
      ended: done.then(forget, forget),
    });
    return done;
  }

  return {
    /**
     * Begins an upload; of one that was begun, says how far it came.
     * @param size of the sealed file, in bytes
     * @throws AppError "not-found", what a message there would be refused with, "conflict" (begun with another size),
     * "file-too-large", "storage-full", "unavailable"
     */
    async begin(
      session: Session,
      conversation: ConversationId,
      { file, size }: { readonly file: FileId; readonly size: number },
      client: Client,
    ): Promise<{ received: number }> {
      await requireWriter(session, conversation, client);
      const { fileMegabytes, storageMegabytes } = policies.current();
      if (fileMegabytes === 0 || size > mostSealedBytes(fileMegabytes * MEGABYTE))
        refuse("file-too-large", "policy");
      await requireDisk(size);
      const { accountId: uploader } = session;
      const mostBytes = storageMegabytes * MEGABYTE;
      const begun = await files.begin(
        { id: file, conversation, uploader, size, mostBytes, mostLoose: SERVER_LIMITS.looseFiles },
        clock(),
      );
      if (begun === "begun") return { received: 0 };
      if (begun === "removing")
        throw new AppError("unavailable", "bytes of an earlier upload are to go first");
      if (begun === "gone") throw new AppError("signed-out", "no such account");
      // Begun by the request whose answer was lost, perhaps with the last bytes there was room for.
      const known = await files.find(file);
      if (!known && begun === "full") refuse("storage-full", "policy");
      const own = await requireOwn(session, conversation, file);
      if (own.size !== size) throw new AppError("conflict", "begun with another size");
      return { received: own.received };
    },

    /** @throws AppError "not-found" */
    async progress(session: Session, conversation: ConversationId, file: FileId, client: Client) {
      await conversations.requireMember(session, conversation, client);
      const { received, size } = await requireOwn(session, conversation, file);
      return { received, size };
    },

    /**
     * Takes what comes, from `offset` on. What is acknowledged is on the disk; what came of a request that was cut off is there
     * as well, as `progress` says.
     * @param chunks called once everything else is right; of LIMITS.uploadBytes at most
     * @throws AppError as `begin`, "upload-offset" where that is not how far it came, "too-large"
     */
    async write(
      session: Session,
      conversation: ConversationId,
      file: FileId,
      offset: number,
      chunks: () => AsyncIterable<Uint8Array>,
      client: Client,
    ): Promise<{ received: number }> {
      await requireWriter(session, conversation, client);
      await requireOwn(session, conversation, file);
      return inTurn(file, async (signal) => {
        const { size, received, begunAt } = await requireOwn(session, conversation, file);
        if (offset !== received) throw new AppError("upload-offset", `at ${received}`);
        const limit = Math.min(size - offset, LIMITS.uploadBytes);
        await requireDisk(limit);
        const { bytes, cut } = await store
          .write(file, offset, limit, chunks(), signal)
          .catch((error: unknown) => {
            if (error instanceof StorageFullError) refuse("storage-full", error.message);
            throw error;
          });
        const end = offset + bytes;
        metrics.file.received(bytes);
        if (!(await files.advance(file, begunAt, offset, end))) {
          // Ended meanwhile, and its bytes may have been written after that; begun anew; or another node was faster.
          await files.giveUp([file]);
          throw new AppError("upload-offset", "moved meanwhile");
        }
        if (bytes > 0 && end === size) {
          counts.add("files");
          metrics.file.stored();
        }
        if (cut && signal.aborted) throw new AppError("upload-offset", "a newer request");
        if (cut instanceof RangeError) throw new AppError("too-large", cut.message);
        // Nobody is there to read it.
        if (cut) throw new AppError("bad-request", "cut off");
        return { received: end };
      });
    },

    /** @throws AppError "not-found": also where a stored message holds it */
    async cancel(
      session: Session,
      conversation: ConversationId,
      file: FileId,
      client: Client,
    ): Promise<void> {
      await conversations.requireMember(session, conversation, client);
      if (await files.cancel(file, conversation, session.accountId)) return;
      throw new AppError("not-found", "no such upload");
    },

    /**
     * A whole file, or a part of it, for who may read the message that holds it; its uploader need not have sent that yet.
     * @param range null for all of it
     * @returns null where the range is beyond its end
     * @throws AppError "not-found", "unavailable"
     */
    async open(
      session: Session,
      conversation: ConversationId,
      file: FileId,
      range: ByteRange | null,
      client: Client,
    ): Promise<OpenFile | { readonly size: number; readonly parts: null }> {
      const { seats } = await conversations.requireMember(session, conversation, client);
      upkeep.requireStore();
      const row = await files.find(file);
      const { accountId } = session;
      const visible = row?.seq
        ? row.seq >= (seats.get(accountId)?.visibleFrom ?? 1)
        : row?.uploader === accountId;
      if (!row || row.conversation !== conversation || row.received < row.size || !visible)
        throw new AppError("not-found", "no such file");
      const { size } = row;
      const part = partOf(size, range);
      if (!part) return { size, parts: null };
      const parts = await store.read(file, part.start, part.end);
      if (!parts) throw new AppError("not-found", "its bytes are not there");
      return { size, ...part, parts: counted(parts, metrics) };
    },
  };
}

function partOf(size: number, range: ByteRange | null): { start: number; end: number } | null {
  if (!range) return { start: 0, end: size };
  if ("suffix" in range)
    return range.suffix > 0 ? { start: Math.max(0, size - range.suffix), end: size } : null;
  const end = Math.min(size, (range.last ?? size) + 1);
  return range.first < end ? { start: range.first, end } : null;
}

async function* counted(
  parts: AsyncGenerator<Uint8Array>,
  metrics: Pick<ServerMetrics, "file">,
): AsyncGenerator<Uint8Array> {
  for await (const part of parts) {
    metrics.file.sent(part.length);
    yield part;
  }
}
