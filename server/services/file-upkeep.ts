import { randomBytes } from "node:crypto";
import type { FileId } from "../../lib/base/ids.ts";
import { AppError } from "../../lib/protocol/errors.ts";
import type { Database } from "../database/database.ts";
import type { FileStore } from "../files/file-store.ts";
import { SERVER_LIMITS } from "../limits.ts";
import type { Log } from "../log.ts";
import type { Policies } from "./policies.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** No upload takes so long. */
const HOLLOW_MS = 2 * SERVER_LIMITS.uploadHours * HOUR_MS;
/** Names the database to the folder of its files. */
const FOLDER = "files-folder";

/**
 * The end of files. A row goes with what it belongs to, in the same commit; its bytes go after it, because the other way round a
 * crash would leave a file that cannot be read.
 */
export function createFileUpkeep(
  { files, leases, state }: Pick<Database, "files" | "leases" | "state">,
  store: FileStore,
  policies: Pick<Policies, "current">,
  log: Log,
  clock: () => number,
) {
  let name: string | null = null;
  let isOwn: boolean | null = null;
  let stored = { count: 0, bytes: 0 };
  let running: Promise<void> | null = null;
  let stopped = false;
  /** What could not be removed: it is tried again, and the log has one word of all of them. */
  const stuck = new Set<FileId>();

  /** @returns whether it went: what cannot go keeps nothing else from going */
  async function remove(id: FileId): Promise<boolean> {
    try {
      await store.remove(id);
      stuck.delete(id);
      return true;
    } catch (error) {
      if (stuck.size === 0) log.warn({ err: error }, "files are not removed yet");
      stuck.add(id);
      return false;
    }
  }

  /** Takes the bytes of files that are gone from the disk. */
  async function removeBytes(): Promise<void> {
    let last: FileId | null = null;
    do {
      const ids: FileId[] = await files.removals(last);
      for (const id of ids) {
        if (stopped) break;
        await files.removeBytes(id, () => remove(id));
      }
      last = ids.at(-1) ?? null;
    } while (last && !stopped);
  }

  /** Bytes without a row: a row comes first and goes first, so nothing will ever ask for them. */
  async function giveUpStrays(): Promise<number> {
    let strays = 0;
    for await (const ids of store.ids()) {
      if (stopped) break;
      strays += await files.giveUp(ids);
    }
    return strays;
  }

  /** Rows of which fewer bytes are there than they say; not of late, since other nodes' folders may lag behind. */
  async function dropHollow(): Promise<number> {
    const before = clock() - HOLLOW_MS;
    let hollow = 0;
    let last: FileId | null = null;
    do {
      const page: { id: FileId; received: number }[] = await files.page(last, before);
      for (const { id, received } of page) {
        if (stopped) return hollow;
        if (received > 0 && (await store.size(id)) < received) hollow += await files.drop([id]);
      }
      last = page.at(-1)?.id ?? null;
    } while (last);
    return hollow;
  }

  /**
   * Which folder is the database's. The first one becomes so, if it is empty: its name is in the folder before it is in the database, so
   * that of several nodes with a folder each one finds its own, and the others find that theirs is another.
   */
  async function findName(): Promise<string | null> {
    const known = await state.find(FOLDER);
    if (known) return Buffer.from(known).toString("hex");
    if (!(await store.isEmpty())) return null;
    await store.claim(randomBytes(16).toString("hex"));
    await state.claim(FOLDER, Buffer.from((await store.owner()) ?? "", "hex"));
    return findName();
  }

  /** A disk that is not there, or another server's, must not be taken for one from which everything is gone. */
  async function look(): Promise<void> {
    name ??= await findName();
    const own = name !== null && (await store.owner()) === name;
    if (!own && isOwn !== false)
      log.error(
        { folder: store.folder },
        "the folder of files is not there, or not this database's: files wait",
      );
    isOwn = own;
  }

  const once = (work: () => Promise<void>): Promise<void> => {
    running ??= work().finally(() => {
      running = null;
    });
    return running;
  };

  const run = (): Promise<void> =>
    once(async () => {
      await look();
      if (isOwn) await removeBytes();
    });

  return {
    /** @throws AppError "unavailable" while the folder is not this database's */
    requireStore(): void {
      if (isOwn !== true) throw new AppError("unavailable", "the folder of files");
    },

    /** What files take up, as it was last counted, and whether their folder is there. */
    stored: () => ({ ...stored, reached: isOwn === true }),

    /** Whether the folder is there. */
    look,

    /** That, and what is to go from it now. */
    run,

    /** What nobody finished, sent, or may keep any longer; and how much there is. */
    async dropOld(): Promise<void> {
      const now = clock();
      const { fileRetentionDays } = policies.current();
      await files.dropUnfinished(now - SERVER_LIMITS.uploadHours * HOUR_MS);
      await files.dropLoose(now - SERVER_LIMITS.looseFileDays * DAY_MS);
      if (fileRetentionDays > 0) await files.dropOlder(now - fileRetentionDays * DAY_MS);
    },

    async count(): Promise<void> {
      stored = await files.stored();
    },

    /** Holds rows and bytes against each other; by one server of a database at a time. */
    compare: (): Promise<void> =>
      leases.exclusively("files", async () => {
        await look();
        if (!isOwn) return;
        const [strays, hollow] = [await giveUpStrays(), await dropHollow()];
        if (strays > 0) await run();
        if (strays + hollow > 0) log.warn({ strays, hollow }, "files did not agree with their folder");
      }),

    /** Ends after the file at hand. */
    async drain(): Promise<void> {
      stopped = true;
      await running?.catch(() => {});
    },
  };
}

export type FileUpkeep = ReturnType<typeof createFileUpkeep>;
