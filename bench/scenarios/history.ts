import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort, startServer } from "../../server/testing/server-process.ts";
import { conversationOf, fill } from "../load/fill.ts";
import type { LoadClient, Rate } from "../load/load.ts";
import { populate } from "../load/population.ts";
import type { Row } from "../load/report.ts";
import { CORE, heard, pin, startPinned, tellAndHear } from "../support/pinned.ts";
import type { Scenario } from "./scenario.ts";

/** Pages of 50 from anywhere in a long history, beside the same rows by the raw connector. */
export const measureHistory: Scenario = async ({ history, rounds, seconds }) => {
  pin(CORE.server);
  const dataFolder = await mkdtemp(join(tmpdir(), "sceau-bench-"));
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const rows: Row[] = [];
  try {
    const { pairs } = await populate(dataFolder, origin, 2);
    const client = pairs[0] as LoadClient;
    const conversation = conversationOf(client);
    for (const stored of history) {
      await fill(dataFolder, [client], stored);
      const [ours, ceiling]: [number[], number[]] = [[], []];
      for (let round = 0; round < rounds; round += 1) {
        const raw = startPinned(
          "raw-rows.ts",
          CORE.server,
          dataFolder,
          "pages",
          conversation,
          String(stored),
          String(seconds),
        );
        ceiling.push((await heard<Rate>(raw)).perSecond);
        await ended(raw);
        const server = await startServer({
          dataFolder,
          port,
          debug: false,
          passwords: "real",
          env: { SCEAU_DATABASE_MEMORY: "512" },
        });
        const from = { origin, cookie: client.cookie, conversation };
        ours.push((await tellAndHear<Rate>("pages.ts", CORE.load, { from, stored, seconds })).perSecond);
        await server.kill("SIGTERM");
      }
      const of = `pages of ${stored.toLocaleString("en")}: raw connector`;
      rows.push(
        { what: of, unit: "/s", figures: ceiling },
        { what: `pages of ${stored.toLocaleString("en")}: Sceau by HTTP`, unit: "/s", figures: ours, of },
      );
    }
  } finally {
    await rm(dataFolder, { recursive: true, force: true });
  }
  return rows;
};

/** Gives the database back in order. */
export function ended(raw: ReturnType<typeof startPinned>): Promise<void> {
  return new Promise((resolve) => {
    raw.once("exit", () => resolve());
    raw.send({ end: true });
  });
}
