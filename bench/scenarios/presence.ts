import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort, startServer } from "../../server/testing/server-process.ts";
import type { Held, Measured, Onlooking, Overheard } from "../load/load.ts";
import { populate } from "../load/population.ts";
import type { Row } from "../load/report.ts";
import { CORE, heard as hear, pin, startPinned } from "../support/pinned.ts";
import { processorTime } from "../support/processor.ts";
import { measure } from "./messages.ts";
import type { Scenario } from "./scenario.ts";

/** As many as a screen shows of a list of members. */
const LOOKING = 30;
/** Of a thousand each leaves the desk or comes back every five seconds: far more often than people do. */
const CHANGES_A_SECOND = 200;
const MESSAGES_A_SECOND = 200;

/** Everybody of a large room has it open and looks at some of the others; messages between two meanwhile, beside those undisturbed. */
export const measurePresence: Scenario = async ({ people, rounds, seconds }) => {
  pin(CORE.server);
  const dataFolder = await mkdtemp(join(tmpdir(), "sceau-bench-"));
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const [alone, disturbed]: [Measured[], Measured[]] = [[], []];
  const heard: (Overheard & { readonly processor: number })[] = [];
  try {
    const { pairs, room } = await populate(dataFolder, origin, people);
    const server = await startServer({ dataFolder, port, debug: false, passwords: "real" });
    const common = { origin, url: `ws://localhost:${port}/api/socket`, warmSeconds: 3, seconds };
    const writers = Math.min(100, people);
    const load = {
      ...common,
      ...{ clients: pairs.slice(0, writers), writers, readers: "partner" as const },
      pace: { perSecond: MESSAGES_A_SECOND },
    };
    const onlooking: Onlooking = { ...common, clients: room, looking: LOOKING, perSecond: CHANGES_A_SECOND };
    try {
      for (let round = 0; round < rounds; round += 1) {
        alone.push(await measure(load));
        const undisturbed = await look(onlooking);
        const used = await processorTime(server.pid);
        const began = performance.now();
        const overheard = await undisturbed.overheard;
        const { own } = await processorTime(server.pid);
        const lasted = (performance.now() - began) / 1_000;
        heard.push({ ...overheard, processor: ((own - used.own) / lasted) * 100 });
        const together = await look({ ...onlooking, seconds: common.warmSeconds + seconds });
        disturbed.push(await measure(load));
        await together.overheard;
      }
    } finally {
      await server.dispose();
    }
  } finally {
    await rm(dataFolder, { recursive: true, force: true });
  }
  const undisturbed = "messages undisturbed, ninetyNinth";
  const figures = (kind: keyof (typeof heard)[number]) => heard.map((one) => one[kind]);
  return [
    { what: "frames of presence that each hears", unit: "/s", figures: figures("presence") },
    { what: "frames of who writes that each hears", unit: "/s", figures: figures("typing") },
    { what: "by how many a change is heard", unit: "people", figures: figures("heard") },
    { what: "from a change to being heard, ninetyNinth", unit: "ms", figures: figures("ninetyNinth") },
    { what: "processor", unit: "%", figures: figures("processor") },
    { what: undisturbed, unit: "ms", figures: alone.map((one) => one.ninetyNinth) },
    {
      what: "messages beside all this, ninetyNinth",
      unit: "ms",
      figures: disturbed.map((one) => one.ninetyNinth),
      of: undisturbed,
    },
  ] satisfies Row[];
};

/** @returns once all of them are there */
async function look(onlooking: Onlooking): Promise<{ readonly overheard: Promise<Overheard> }> {
  const onlookers = startPinned("onlookers.ts", CORE.load);
  onlookers.send(onlooking);
  await hear<Held>(onlookers);
  return { overheard: hear<Overheard>(onlookers).finally(() => onlookers.kill()) };
}
