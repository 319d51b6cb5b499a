import * as z from "zod/mini";
import { counter } from "../../fields.ts";

/** How the server fares: figures without names. */

/** Days that charts show, the last of them today. */
export const OVERVIEW_DAYS = ["7", "30", "90"] as const;
export type OverviewDays = (typeof OVERVIEW_DAYS)[number];

export const overviewQuery = z.strictObject({ days: z.optional(z.enum(OVERVIEW_DAYS)) });

const day = z.object({ day: counter, count: counter });
const disk = z.object({ free: counter, total: counter });

export const overviewAnswer = z.object({
  people: z.object({
    total: counter,
    /** Whoever used a session today, within 7 and 30 days (UTC). */
    today: counter,
    week: counter,
    month: counter,
    /** Of people and sockets, on this node. */
    connected: counter,
    sockets: counter,
  }),
  /** Of the days asked for (yyyymmdd, UTC), oldest first; days on which nothing was counted are there with 0. */
  activePeople: z.array(day),
  messages: z.array(day),
  /** Sealed files that came whole, previews of pictures among them. */
  files: z.array(day),
  signIns: z.array(day),
  failedSignIns: z.array(day),
  /** What browsers could not open in the last 30 days, by cause; most first. */
  openFailures: z.array(z.object({ cause: z.string(), count: counter })),
  /** Bytes. The disk is that of the data folder, the other one that of files where they lie on another. */
  database: z.object({ bytes: counter, version: z.string() }),
  /** What is kept of sealed files, counted every ten minutes; whether this node reaches the folder where they lie. */
  storedFiles: z.object({ count: counter, bytes: counter, reached: z.boolean() }),
  disk: z.nullable(disk),
  filesDisk: z.nullable(disk),
  /** What waits on this node now: messages for their commit, passwords for a worker, statements for a connection. */
  queues: z.object({ messages: counter, passwords: counter, database: counter }),
  server: z.object({
    version: z.string(),
    node: z.string(),
    startedAt: counter,
    now: counter,
    /** Whether other nodes are reached; null where there are none. */
    linked: z.nullable(z.boolean()),
  }),
});
export type OverviewView = z.infer<typeof overviewAnswer>;
