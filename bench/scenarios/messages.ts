import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort, startServer } from "../../server/testing/server-process.ts";
import type { Load, Measured, Waits } from "../load/load.ts";
import { populate } from "../load/population.ts";
import type { Row } from "../load/report.ts";
import { CORE, heard, pin, startPinned, tellAndHear } from "../support/pinned.ts";
import type { Scenario } from "./scenario.ts";

type Shape = Pick<Load, "writers" | "readers" | "pace">;

/** @throws where anything was refused: what is left would be no figure of this load */
export async function measure(load: Load): Promise<Measured> {
  const measured = await tellAndHear<Measured>("generator.ts", CORE.load, load);
  if (measured.refused > 0) throw new Error(`${measured.refused} messages were refused`);
  return measured;
}

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
        const [ours, ceiling, commits]: [Measured[], Measured[], Waits[]] = [[], [], []];
        for (let round = 0; round < rounds; round += 1) {
          const relay = startPinned("relay.ts", CORE.server, shape.readers);
          const { port: relayPort } = await heard<{ port: number }>(relay);
          ceiling.push(await measure({ ...common, url: `ws://127.0.0.1:${relayPort}` }));
          relay.kill();
          if ("perSecond" in shape.pace) commits.push(await commit(shape.pace.perSecond, common));
          ours.push(await measure({ ...common, url: `ws://localhost:${port}/api/socket` }));
        }
        rows.push(...rowsOf(name, ours, ceiling, commits));
      }
    } finally {
      await server.dispose();
    }
  } finally {
    await rm(dataFolder, { recursive: true, force: true });
  }
  return rows;
};

function commit(perSecond: number, { warmSeconds, seconds }: Pick<Load, "warmSeconds" | "seconds">) {
  const args = [perSecond, warmSeconds, seconds].map(String);
  return heard<Waits>(startPinned("commits.ts", CORE.server, ...args));
}

/** @param commits one each where messages come at a pace: then what they take stands beside the relay and one commit */
function rowsOf(
  scenario: string,
  ours: readonly Measured[],
  ceiling: readonly Measured[],
  commits: readonly Waits[],
): Row[] {
  if (commits.length === 0) {
    const of = `${scenario}, delivered: bare relay`;
    return [
      { what: of, unit: "/s", figures: ceiling.map((one) => one.delivered) },
      { what: `${scenario}, delivered: Sceau`, unit: "/s", figures: ours.map((one) => one.delivered), of },
    ];
  }
  return (["median", "ninetyNinth"] as const).flatMap((kind): Row[] => {
    const relay = ceiling.map((one) => one[kind]);
    const alone = commits.map((one) => one[kind]);
    const of = `${scenario}, ${kind}: relay and commit together`;
    return [
      { what: `${scenario}, ${kind}: bare relay`, unit: "ms", figures: relay },
      { what: `${scenario}, ${kind}: one commit`, unit: "ms", figures: alone },
      { what: of, unit: "ms", figures: relay.map((one, round) => one + (alone[round] ?? 0)) },
      { what: `${scenario}, ${kind}: Sceau`, unit: "ms", figures: ours.map((one) => one[kind]), of },
    ];
  });
}
