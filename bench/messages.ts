import { type ChildProcess, execFileSync, fork } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { freePort, startServer } from "../server/testing/server-process.ts";
import type { Load, Measured } from "./load/load.ts";
import { populate } from "./load/population.ts";
import { medianOf, printRows, type Row } from "./load/report.ts";

/**
 * Prints what a running server does with messages, beside a bare relay that keeps nothing, in the same run: `npm run
 * bench:messages`. Server, database and relay have one core, the load has another. `-- --people 100 --rounds 1
 * --seconds 3 --only saturated --json figures.json` for other sizes.
 */

const { values } = parseArgs({
  options: {
    people: { type: "string", default: "1000" },
    rounds: { type: "string", default: "3" },
    seconds: { type: "string", default: "8" },
    only: { type: "string" },
    json: { type: "string" },
  },
});
const [people, rounds, seconds] = [Number(values.people), Number(values.rounds), Number(values.seconds)];
const pinned = availableParallelism() > 1;

type Shape = Pick<Load, "writers" | "readers" | "pace">;

const SCENARIOS: Readonly<Record<string, Shape>> = {
  saturated: { writers: people, readers: "partner", pace: { outstanding: 4 } },
  steady: { writers: people, readers: "partner", pace: { perSecond: Math.min(500, people * 20) } },
  room: { writers: 1, readers: "everybody", pace: { outstanding: 2 } },
};

/** Inherited by what is started from here on. */
function pin(core: number, pid = process.pid): void {
  if (pinned) execFileSync("taskset", ["-apc", String(core), String(pid)], { stdio: "ignore" });
}

function start(file: string, core: number, ...args: string[]): ChildProcess {
  pin(core);
  const child = fork(join(import.meta.dirname, "load", file), args, { execArgv: ["--import", "tsx"] });
  pin(0);
  return child;
}

const heard = <T>(child: ChildProcess) =>
  new Promise<T>((resolve, reject) => {
    child.once("message", (message) => resolve(message as T));
    child.once("exit", (code) => reject(new Error(`ended with ${code}`)));
  });

async function measure(load: Load): Promise<Measured> {
  const generator = start("generator.ts", 1);
  generator.send(load);
  return heard<Measured>(generator);
}

pin(0);
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
    for (const [name, shape] of Object.entries(SCENARIOS)) {
      if (values.only && values.only !== name) continue;
      const clients = shape.readers === "partner" ? population.pairs : population.room;
      const common = { ...shape, origin, clients, warmSeconds: 2, seconds };
      const [ours, ceiling]: [Measured[], Measured[]] = [[], []];
      for (let round = 0; round < rounds; round += 1) {
        const relay = start("relay.ts", 0, shape.readers);
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
  printRows(rows);
  if (values.json)
    await writeFile(
      values.json,
      JSON.stringify(
        rows.map((row) => ({ ...row, median: medianOf(row.figures) })),
        null,
        2,
      ),
    );
} finally {
  await rm(dataFolder, { recursive: true, force: true });
}

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
