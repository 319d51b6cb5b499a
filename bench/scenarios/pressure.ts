import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort, type ServerProcess, startServer } from "../../server/testing/server-process.ts";
import type { Held, Holding, Load, Measured, Told } from "../load/load.ts";
import { type Population, populate } from "../load/population.ts";
import type { Row } from "../load/report.ts";
import { CORE, heard, pin, startPinned } from "../support/pinned.ts";
import { measure } from "./messages.ts";
import type { Scenario } from "./scenario.ts";

const PEOPLE = 20;
const MESSAGES_A_SECOND = 400;
/** So much that whoever reads nothing is given up within seconds, before a missing pong is noticed. */
const BUSY_A_SECOND = PEOPLE * 35;
const STORM = 1_000;
/** With the one by which each writes or reads, as many as a session may have. */
const DEAF_EACH = 4;
const LOOK_EVERY_MS = 100;
/** How long it may take until whoever reads nothing was given up. */
const PATIENCE_MS = 120_000;
const CLOSED = /slow reader closed/g;

/** What must not hold up or fill the server: a thousand sign-ins at once, and browsers that read nothing of a busy room. */
export const measurePressure: Scenario = async ({ rounds, seconds }, only) => {
  pin(CORE.server);
  const dataFolder = await mkdtemp(join(tmpdir(), "sceau-bench-"));
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  try {
    const population = await populate(dataFolder, origin, PEOPLE);
    const env = { TRUSTED_PROXIES: "127.0.0.0/8,::1" };
    const server = await startServer({ dataFolder, port, debug: false, passwords: "real", env });
    const common = { origin, url: `ws://localhost:${port}/api/socket`, warmSeconds: 2, seconds };
    try {
      return [
        ...(only("storm") ? await measureStorm(population, common, rounds) : []),
        ...(only("slow-readers") ? await measureSlowReaders(server, population, common) : []),
      ];
    } finally {
      await server.dispose();
    }
  } finally {
    await rm(dataFolder, { recursive: true, force: true });
  }
};

type Common = Pick<Load, "origin" | "url" | "warmSeconds" | "seconds">;

async function measureStorm({ pairs }: Population, common: Common, rounds: number): Promise<Row[]> {
  const load: Load = {
    ...{ ...common, clients: pairs, writers: PEOPLE, readers: "partner" },
    pace: { perSecond: MESSAGES_A_SECOND },
  };
  const [alone, stormy]: [Measured[], Measured[]] = [[], []];
  const outcomes: Told[] = [];
  for (let round = 0; round < rounds; round += 1) {
    alone.push(await measure(load));
    const messages = measure(load);
    const args = [common.origin, STORM, 16 + round].map(String);
    const strangers = startPinned("strangers.ts", CORE.load, ...args);
    await sleep(common.warmSeconds * 1_000);
    strangers.send({});
    outcomes.push(await heard<Told>(strangers));
    strangers.kill();
    stormy.push(await messages);
  }
  return (["median", "ninetyNinth"] as const)
    .flatMap((kind): Row[] => {
      const of = `${MESSAGES_A_SECOND} messages a second, ${kind}`;
      return [
        { what: of, unit: "ms", figures: alone.map((one) => one[kind]) },
        {
          what: `while ${STORM} sign in at once, ${kind}`,
          unit: "ms",
          figures: stormy.map((one) => one[kind]),
          of,
        },
      ];
    })
    .concat([
      ...(
        [
          ["checked", "password checked"],
          ["overloaded", "told to come again"],
          ["unanswered", "no answer in 30 s"],
        ] as const
      ).map(([kind, what]) => ({
        what: `of these sign-ins: ${what}`,
        unit: "",
        figures: outcomes.map((one) => one[kind]),
      })),
    ]);
}

async function measureSlowReaders(
  server: ServerProcess,
  { room }: Population,
  common: Common,
): Promise<Row[]> {
  const busy: Load = {
    ...common,
    clients: room,
    writers: PEOPLE,
    readers: "everybody",
    pace: { perSecond: BUSY_A_SECOND },
  };
  const reading = await highestMegabytes(server, measure(busy));
  const holder = startPinned("holder.ts", CORE.load);
  const deaf: Holding = {
    ...{ ...common, deaf: true },
    clients: Array.from({ length: DEAF_EACH }, () => room).flat(),
  };
  holder.send(deaf);
  const { connected } = await heard<Held>(holder);
  const closed = () => server.output().match(CLOSED)?.length ?? 0;
  const deadline = Date.now() + PATIENCE_MS;
  let highest = 0;
  const delivered: number[] = [];
  while (closed() < connected && Date.now() < deadline) {
    const { megabytes, measured } = await highestMegabytes(server, measure(busy));
    highest = Math.max(highest, megabytes);
    delivered.push(measured.delivered);
  }
  const [given, ended] = ["memory of the server in a busy room", closed()];
  holder.kill();
  return [
    { what: given, unit: "MB", figures: [reading.megabytes] },
    { what: `with ${connected} that read nothing`, unit: "MB", figures: [highest], of: given },
    { what: "of these: given up", unit: "", figures: [ended] },
    { what: "delivered to the others", unit: "/s", figures: [reading.measured.delivered] },
    { what: "the same meanwhile", unit: "/s", figures: delivered, of: "delivered to the others" },
  ];
}

async function highestMegabytes({ pid }: ServerProcess, work: Promise<Measured>) {
  let megabytes = 0;
  const look = setInterval(() => {
    const [, kilobytes = "0"] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    megabytes = Math.max(megabytes, Number(kilobytes) / 1024);
  }, LOOK_EVERY_MS);
  const measured = await work.finally(() => clearInterval(look));
  return { megabytes, measured };
}
