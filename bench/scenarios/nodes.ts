import { findProgram } from "../../scripts/setup/run.mjs";
import { startCluster } from "../../server/testing/node-cluster.ts";
import type { Measured } from "../load/load.ts";
import { type Population, populate } from "../load/population.ts";
import type { Row } from "../load/report.ts";
import { CORE, pin } from "../support/pinned.ts";
import { measure } from "./messages.ts";
import type { Scenario } from "./scenario.ts";

/** Everybody at one node of a cluster, then half of each pair at either: what one says, the other hears by way of Redis. */
export const measureNodes: Scenario = async ({ people, rounds, seconds }) => {
  const [redis, nginx] = [findProgram("redis-server"), findProgram("nginx")];
  if (!redis || !nginx) {
    process.stdout.write("Left out: two nodes (needs the programs redis-server and nginx).\n");
    return [];
  }
  pin(CORE.server);
  let population: Population | undefined;
  const cluster = await startCluster(
    { redis, nginx },
    {
      debug: false,
      async prepare(dataFolder, givenSecrets, origin) {
        population = await populate(dataFolder, origin, people, givenSecrets);
      },
    },
  );
  const [one, two]: [Measured[], Measured[]] = [[], []];
  try {
    const urls = cluster.nodes.map(({ port }) => `ws://127.0.0.1:${port}/api/socket`);
    const load = {
      ...{
        origin: cluster.front.origin,
        clients: population?.pairs ?? [],
        writers: people,
        warmSeconds: 2,
        seconds,
      },
      ...{ readers: "partner" as const, pace: { outstanding: 4 } },
    };
    for (let round = 0; round < rounds; round += 1) {
      one.push(await measure({ ...load, url: urls[0] ?? "" }));
      two.push(await measure({ ...load, url: urls.join(" ") }));
    }
  } finally {
    await cluster.dispose();
  }
  return (["delivered", "ninetyNinth"] as const).flatMap((kind): Row[] => {
    const unit = kind === "delivered" ? "/s" : "ms";
    const of = `one node of two, ${kind}`;
    return [
      { what: of, unit, figures: one.map((measured) => measured[kind]) },
      { what: `both nodes, ${kind}`, unit, figures: two.map((measured) => measured[kind]), of },
    ];
  });
};
