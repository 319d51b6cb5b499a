import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { LIMITS } from "../../lib/protocol/limits.ts";
import { freePort, startServer } from "../../server/testing/server-process.ts";
import type { Held, Holding } from "../load/load.ts";
import { populate } from "../load/population.ts";
import type { Row } from "../load/report.ts";
import { CORE, heard, pin, startPinned } from "../support/pinned.ts";
import { processorTime } from "../support/processor.ts";
import type { Scenario } from "./scenario.ts";

/** What came with connecting is collected and gone by then. */
const SETTLE_MS = 5_000;

interface Idle {
  /** Kilobytes of the process for each connection. */
  readonly memory: number;
  /** Hundredths of a core. */
  readonly processor: number;
}

/** Connections on which nobody says anything, beside those that a bare `ws` server holds. */
export const measureIdle: Scenario = async ({ connections, rounds, seconds }) => {
  pin(CORE.server);
  const dataFolder = await mkdtemp(join(tmpdir(), "sceau-bench-"));
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const [ours, ceiling]: [Idle[], Idle[]] = [[], []];
  try {
    const people = 2 * Math.ceil(connections / LIMITS.socketsPerSession / 2);
    const { pairs } = await populate(dataFolder, origin, people);
    const clients = Array.from(
      { length: connections },
      (_, i) => pairs[i % people] as (typeof pairs)[number],
    );
    for (let round = 0; round < rounds; round += 1) {
      const relay = startPinned("relay.ts", CORE.server, "partner");
      const { port: relayPort } = await heard<{ port: number }>(relay);
      const bare = { origin, clients, url: `ws://127.0.0.1:${relayPort}` };
      ceiling.push(await holding(bare, relay.pid ?? 0, seconds));
      relay.kill();
      const server = await startServer({ dataFolder, port, debug: false, passwords: "real" });
      ours.push(
        await holding({ origin, clients, url: `ws://localhost:${port}/api/socket` }, server.pid, seconds),
      );
      await server.kill("SIGTERM");
    }
  } finally {
    await rm(dataFolder, { recursive: true, force: true });
  }
  return (["memory", "processor"] as const).flatMap((kind): Row[] => {
    const [what, unit] =
      kind === "memory" ? [`memory of each of ${connections} idle`, "kB"] : ["processor of all", "%"];
    const of = `${what}: bare ws`;
    return [
      { what: of, unit, figures: ceiling.map((one) => one[kind]) },
      { what: `${what}: Sceau`, unit, figures: ours.map((one) => one[kind]), of },
    ];
  });
};

async function holding(load: Holding, pid: number, seconds: number): Promise<Idle> {
  await sleep(SETTLE_MS);
  const before = residentKilobytes(pid);
  const holder = startPinned("holder.ts", CORE.load);
  holder.send(load);
  const { connected } = await heard<Held>(holder);
  await sleep(SETTLE_MS);
  const memory = (residentKilobytes(pid) - before) / connected;
  const used = await processorTime(pid);
  await sleep(seconds * 1_000);
  const { own } = await processorTime(pid);
  holder.kill();
  return { memory, processor: ((own - used.own) / seconds) * 100 };
}

function residentKilobytes(pid: number): number {
  return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0);
}
