import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort, startServer } from "../../server/testing/server-process.ts";
import type { Load, Measured } from "../load/load.ts";
import { populate } from "../load/population.ts";
import type { Row } from "../load/report.ts";
import { CORE, heard, pin, startPinned, tellAndHear } from "../support/pinned.ts";
import type { Scenario } from "./scenario.ts";

type Shape = Pick<Load, "writers" | "readers" | "pace">;

export const measure = (load: Load) => tellAndHear<Measured>("generator.ts", CORE.load, load);

/** Messages of 1 KB, durable, acknowledged and delivered, beside a bare relay with `ws` that checks and keeps nothing. */
export const measureMessages: Scenario = async ({ people, rounds, seconds }, only) => {
  const shapes: Readonly<Record<string, Shape>> = {
    saturated: { writers: people, readers: "partner", pace: { outstanding: 4 } },
    steady: { writers: people, readers: "partner", pace: { perSecond: Math.min(500, people * 20) } },
    room: { writers: 1, readers: "everybody", pace: { outstanding: 2 } },
  };
  pin(CORE.server);
  const dataFolder = await mkdtemp(join(tmpdir(), "sceau-bench-"));
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const rows: Row[] = [];
  try {
    const population = await populate(dataFolder, origin, people);
    const server = await startServer({
      dataFolder,
      port,
      debug: false,
      passwords: "real",
      env: { SCEAU_DATABASE_MEMORY: "512" },
    });
    try {
      for (const [name, shape] of Object.entries(shapes)) {
        if (!only(name)) continue;
        const clients = shape.readers === "partner" ? population.pairs : population.room;
        const common = { ...shape, origin, clients, warmSeconds: 2, seconds };
        const [ours, ceiling]: [Measured[], Measured[]] = [[], []];
        for (let round = 0; round < rounds; round += 1) {
          const relay = startPinned("relay.ts", CORE.server, shape.readers);
          const { port: relayPort } = await heard<{ port: number }>(relay);
          ceiling.push(await measure({ ...common, url: `ws://127.0.0.1:${relayPort}` }));
          relay.kill();
          ours.push(await measure({ ...common, url: `ws://localhost:${port}/api/socket` }));
        }
        rows.push(...rowsOf(name, ours, ceiling));
      }
    } finally {
      await server.dispose();
    }
  } finally {
    await rm(dataFolder, { recursive: true, force: true });
  }
  return rows;
};

function rowsOf(scenario: string, ours: readonly Measured[], ceiling: readonly Measured[]): Row[] {
  const paced = scenario === "steady";
  const kinds = paced
    ? ([
        ["median", "ms"],
        ["ninetyNinth", "ms"],
      ] as const)
    : ([["delivered", "/s"]] as const);
  return kinds.flatMap(([kind, unit]): Row[] => {
    const of = `${scenario}, ${kind}: bare relay`;
    return [
      { what: of, unit, figures: ceiling.map((one) => one[kind]) },
      { what: `${scenario}, ${kind}: Sceau`, unit, figures: ours.map((one) => one[kind]), of },
    ];
  });
}
