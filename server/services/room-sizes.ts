import type { Database } from "../database/database.ts";
import type { RoomSize, UncountedRoom } from "../database/room-sizes.ts";

const KINDS = ["private_room", "public_room"] as const;
/** Messages that are looked at with one question. */
const STEP = 10_000;

/**
 * Counts what the messages of rooms take up, for the administration. About: of messages whose time was over, the mean of
 * those that were counted goes; those that somebody deleted stay in the sum.
 */
export function createRoomSizing(
  { roomSizes: store, leases }: Pick<Database, "roomSizes" | "leases">,
  clock: () => number,
) {
  let running: Promise<void> | null = null;
  let stopped = false;

  async function count({ id, firstSeq, lastSeq, counted }: UncountedRoom): Promise<void> {
    let size = withoutExpired(counted, firstSeq);
    while (size.to < lastSeq && !stopped) {
      const to = Math.min(size.to + STEP, lastSeq);
      size = { ...size, to, bytes: size.bytes + (await store.bytes(id, size.to + 1, to)) };
    }
    await store.write(id, size);
  }

  async function countAll(): Promise<void> {
    const at = clock();
    for (const kind of KINDS) {
      let last: UncountedRoom | null = null;
      do {
        const page: UncountedRoom[] = await store.uncounted(kind, last);
        for (const room of page) if (!stopped) await count(room);
        last = page.at(-1) ?? null;
      } while (last && !stopped);
    }
    if (!stopped) await store.noteCounted(at);
  }

  return {
    /** What has come and gone since it was last counted; by one server of a database at a time. */
    run(): Promise<void> {
      running ??= leases.exclusively("room-sizes", countAll).finally(() => {
        running = null;
      });
      return running;
    },

    countedAt: () => store.countedAt(),

    /** Ends after the batch at hand. */
    async drain(): Promise<void> {
      stopped = true;
      await running?.catch(() => {});
    },
  };
}

export type RoomSizing = ReturnType<typeof createRoomSizing>;

function withoutExpired({ from, to, bytes }: RoomSize, firstSeq: number): RoomSize {
  if (firstSeq <= from) return { from, to, bytes };
  if (firstSeq > to) return { from: firstSeq, to: firstSeq - 1, bytes: 0 };
  return { from: firstSeq, to, bytes: Math.round((bytes * (to - firstSeq + 1)) / (to - from + 1)) };
}
