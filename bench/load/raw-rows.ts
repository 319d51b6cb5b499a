import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { pino } from "pino";
import { WebSocketServer } from "ws";
import { openPool } from "../../server/database/connection.ts";
import { startEmbeddedDatabase } from "../../server/database/embedded/embedded-database.ts";
import type { Rate } from "./load.ts";

/**
 * The ceiling of whatever reads messages: the rows, by the connector that Sceau has, from the very database that Sceau
 * had a moment ago. `raw-rows.ts FOLDER pages CONVERSATION STORED SECONDS` reads pages of 50 and says how many;
 * `raw-rows.ts FOLDER serve` hands the first 50 of a conversation to whoever opens a socket.
 */

const AT_ONCE = 8;
const WARM_MS = 2_000;
const [dataFolder = "", work, id = "", stored = "0", seconds = "0"] = process.argv.slice(2);
const database = await startEmbeddedDatabase({
  dataFolder,
  bufferPoolMegabytes: 512,
  log: pino({ level: "silent" }),
});
const pool = openPool(database, AT_ONCE);

if (work === "pages") {
  const conversation = Buffer.from(id, "base64url");
  let pages = 0;
  const read = async (until: number) => {
    while (performance.now() < until) {
      await pool.query(
        "SELECT seq, stored_at, envelope FROM message WHERE conversation_id = ? AND seq < ? ORDER BY seq DESC LIMIT 50",
        [conversation, 51 + Math.floor(Math.random() * (Number(stored) - 50))],
      );
      pages += 1;
    }
  };
  const readFor = (milliseconds: number) =>
    Promise.all(Array.from({ length: AT_ONCE }, () => read(performance.now() + milliseconds)));
  await readFor(WARM_MS);
  pages = 0;
  await readFor(Number(seconds) * 1_000);
  process.send?.({ perSecond: pages / Number(seconds) } satisfies Rate);
} else {
  const server = createServer();
  new WebSocketServer({ server, perMessageDeflate: false, clientTracking: false }).on(
    "connection",
    async (socket, { url }) => {
      const rows: { envelope: Buffer }[] = await pool.query(
        "SELECT seq, stored_at, envelope FROM message WHERE conversation_id = ? AND seq > 0 ORDER BY seq LIMIT 200",
        [Buffer.from(url?.split("?")[1] ?? "", "base64url")],
      );
      socket.send(Buffer.concat(rows.map(({ envelope }) => envelope)));
    },
  );
  server.listen(0, "127.0.0.1", () => process.send?.({ port: (server.address() as AddressInfo).port }));
}

process.once("message", async () => {
  await pool.end();
  await database.stop();
  process.exit(0);
});
