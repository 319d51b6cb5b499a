import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pino } from "pino";
import { openPool } from "../../server/database/connection.ts";
import { startEmbeddedDatabase } from "../../server/database/embedded/embedded-database.ts";
import type { Waits } from "./load.ts";

/**
 * What one durable commit takes: rows of 1 KB, each by itself, into a database of its own as Sceau starts it, at a pace.
 * `commits.ts PER-SECOND WARM-SECONDS SECONDS`
 */

const ROW_BYTES = 1_024;
const CONNECTIONS = 10;

const [perSecond = 0, warmSeconds = 0, seconds = 0] = process.argv.slice(2).map(Number);
const dataFolder = await mkdtemp(join(tmpdir(), "sceau-bench-"));
const log = pino({ level: "silent" });
const database = await startEmbeddedDatabase({ dataFolder, bufferPoolMegabytes: 512, log });
const pool = openPool(database, CONNECTIONS);
await pool.query("CREATE TABLE row_of_its_own (id BIGINT PRIMARY KEY AUTO_INCREMENT, bytes BLOB NOT NULL)");

const row = Buffer.alloc(ROW_BYTES, 7);
const waits: number[] = [];
const under = new Set<Promise<void>>();

async function commitOne(): Promise<void> {
  const began = performance.now();
  await pool.execute("INSERT INTO row_of_its_own (bytes) VALUES (?)", [row]);
  waits.push(performance.now() - began);
}

const began = performance.now();
let sent = 0;
const pacing = setInterval(() => {
  for (const due = ((performance.now() - began) / 1_000) * perSecond; sent < due; sent += 1) {
    const one = commitOne().finally(() => under.delete(one));
    under.add(one);
  }
}, 2);
await sleep(warmSeconds * 1_000);
waits.length = 0;
await sleep(seconds * 1_000);
clearInterval(pacing);
const sorted = waits.toSorted((a, b) => a - b);
const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
const measured: Waits = { median: at(0.5), ninetyNinth: at(0.99) };
await Promise.all(under);
await pool.end();
await database.stop();
await rm(dataFolder, { recursive: true, force: true });
process.send?.(measured, () => process.exit(0));
