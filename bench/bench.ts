import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { medianOf, printRows, type Row } from "./load/report.ts";
import { measureCrypto } from "./scenarios/crypto.ts";
import { measureHistory } from "./scenarios/history.ts";
import { measureIdle } from "./scenarios/idle.ts";
import { measureMessages } from "./scenarios/messages.ts";
import { measureNodes } from "./scenarios/nodes.ts";
import { measurePresence } from "./scenarios/presence.ts";
import { measurePressure } from "./scenarios/pressure.ts";
import { measureReconnect } from "./scenarios/reconnect.ts";
import type { Scenario, Sizes } from "./scenarios/scenario.ts";
import { measureSignIns } from "./scenarios/sign-ins.ts";

/**
 * Prints what Sceau does beside what nothing on this machine can exceed, each pair in one run: `npm run bench`. Everything
 * is started on loopback; server, database and ceilings have one core, the load has another. `-- --only
 * idle,history --connections 2000 --history 10000,100000 --rounds 1 --json figures.json` for parts and other sizes.
 */

/** What belongs to one measurement is run by one function; `--only` takes each name. */
const SCENARIOS: readonly { readonly names: readonly string[]; readonly measure: Scenario }[] = [
  { names: ["saturated", "steady", "room"], measure: measureMessages },
  { names: ["presence"], measure: measurePresence },
  { names: ["idle"], measure: measureIdle },
  { names: ["reconnect"], measure: measureReconnect },
  { names: ["history"], measure: measureHistory },
  { names: ["sign-ins"], measure: measureSignIns },
  { names: ["storm", "slow-readers"], measure: measurePressure },
  { names: ["crypto"], measure: measureCrypto },
  { names: ["nodes"], measure: measureNodes },
];

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    json: { type: "string" },
    rounds: { type: "string", default: "3" },
    seconds: { type: "string", default: "8" },
    people: { type: "string", default: "1000" },
    connections: { type: "string", default: "10000" },
    missed: { type: "string", default: "50" },
    history: { type: "string", default: "10000,1000000" },
    "sign-ins": { type: "string", default: "90" },
  },
});
const sizes: Sizes = {
  people: Number(values.people),
  rounds: Number(values.rounds),
  seconds: Number(values.seconds),
  connections: Number(values.connections),
  missed: Number(values.missed),
  history: values.history.split(",").map(Number),
  signIns: Number(values["sign-ins"]),
};
const wanted = values.only?.split(",");
const isWanted = (name: string) => !wanted || wanted.includes(name);
const known = SCENARIOS.flatMap(({ names }) => names);
const unknown = wanted?.filter((name) => !known.includes(name)) ?? [];
if (unknown.length > 0) throw new Error(`no scenario is called ${unknown}; there are ${known.join(", ")}`);

const rows: Row[] = [];
for (const { names, measure } of SCENARIOS) {
  if (!names.some(isWanted)) continue;
  const measured = await measure(sizes, isWanted);
  printRows(measured);
  rows.push(...measured);
}
if (values.json) {
  const figures = rows.map((row) => ({ ...row, median: medianOf(row.figures) }));
  await writeFile(values.json, `${JSON.stringify(figures, null, 2)}\n`);
}
process.exit(0);
