import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort, startServer } from "../../server/testing/server-process.ts";
import { conversationOf, fill } from "../load/fill.ts";
import type { Resumed } from "../load/load.ts";
import { populate } from "../load/population.ts";
import type { Row } from "../load/report.ts";
import { CORE, heard, pin, startPinned, tellAndHear } from "../support/pinned.ts";
import { ended } from "./history.ts";
import type { Scenario } from "./scenario.ts";

/** Everybody comes back at once and gets what was missed, to a server that just started and to the same once more, beside a `ws` server that reads these rows and sends them. */
export const measureReconnect: Scenario = async ({ people, missed, rounds }) => {
  pin(CORE.server);
  const dataFolder = await mkdtemp(join(tmpdir(), "sceau-bench-"));
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const [ours, ceiling]: [Resumed[], Resumed[]] = [[], []];
  try {
    const { pairs } = await populate(dataFolder, origin, people);
    await fill(
      dataFolder,
      pairs.filter((_, i) => i % 2 === 0),
      missed,
    );
    const clients = pairs.map((client) => ({ ...client, conversation: conversationOf(client) }));
    for (let round = 0; round < rounds; round += 1) {
      const raw = startPinned("raw-rows.ts", CORE.server, dataFolder, "serve");
      const { port: rawPort } = await heard<{ port: number }>(raw);
      const bare = { origin, clients, missed, pages: null, url: `ws://127.0.0.1:${rawPort}/` };
      ceiling.push(await tellAndHear<Resumed>("resume.ts", CORE.load, bare));
      await ended(raw);
      const server = await startServer({
        dataFolder,
        port,
        debug: false,
        passwords: "real",
        env: { SCEAU_DATABASE_MEMORY: "512" },
      });
      const load = { origin, clients, missed, pages: origin, url: `ws://localhost:${port}/api/socket` };
      ours.push(await tellAndHear<Resumed>("resume.ts", CORE.load, load));
      await server.kill("SIGTERM");
    }
  } finally {
    await rm(dataFolder, { recursive: true, force: true });
  }
  return (["first", "again"] as const).flatMap((time): Row[] => {
    const what = `${people} come back for ${missed} each, ${time === "first" ? "after a start" : "once more"}`;
    const figures = (of: readonly Resumed[]) => of.map((one) => one[time].perSecond);
    const of = `${what}: raw rows`;
    return [
      { what: of, unit: "/s", figures: figures(ceiling) },
      { what: `${what}: Sceau`, unit: "/s", figures: figures(ours), of },
    ];
  });
};
