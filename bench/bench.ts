import { statfsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { availableParallelism, cpus, tmpdir } from "node:os";
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
 * Prints what Sceau does beside what does less for the same work, each pair in one run: `npm run bench`. Everything
 * is started on loopback; server, database and what they are held against have one core, the load has another. `-- --only
 * idle,history --connections 2000 --history 10000,100000 --rounds 1 --json figures.json` for parts and other sizes.
 */

/** As statfs(2) names a file system in memory. */
const TMPFS = 0x01021994;

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
  people: wholeNumber("people", values.people, 2, 1_000),
  rounds: wholeNumber("rounds", values.rounds),
  seconds: wholeNumber("seconds", values.seconds),
  connections: wholeNumber("connections", values.connections, 1, 25_000),
  missed: wholeNumber("missed", values.missed, 1, 200),
  history: values.history.split(",").map((one) => wholeNumber("history", one, 50)),
  signIns: wholeNumber("sign-ins", values["sign-ins"]),
};
const wanted = values.only?.split(",");
const isWanted = (name: string) => !wanted || wanted.includes(name);
const known = SCENARIOS.flatMap(({ names }) => names);
const unknown = wanted?.filter((name) => !known.includes(name)) ?? [];
if (unknown.length > 0) throw new Error(`no scenario is called ${unknown}; there are ${known.join(", ")}`);

const machine = {
  at: new Date().toISOString(),
  processor: cpus()[0]?.model ?? "",
  cores: availableParallelism(),
  node: process.version,
  folder: tmpdir(),
};
const rows: (Row & { readonly scenarios: readonly string[] })[] = [];
if (statfsSync(tmpdir()).type === TMPFS)
  process.stdout.write(
    `${tmpdir()} lies in memory: a commit costs nothing there. Set TMPDIR to a folder on a disk.\n`,
  );
for (const { names, measure } of SCENARIOS) {
  if (!names.some(isWanted)) continue;
  const measured = await measure(sizes, isWanted);
  printRows(measured);
  rows.push(...measured.map((row) => ({ scenarios: names, ...row })));
  // After each: what follows may fail, and what was measured has taken its time.
  if (values.json)
    await writeFile(values.json, `${JSON.stringify({ machine, sizes, rows: withMedians() }, null, 2)}\n`);
}
process.exit(0);

function withMedians() {
  return rows.map((row) => ({ ...row, median: medianOf(row.figures) }));
}

function wholeNumber(name: string, text: string, least = 1, most = Number.MAX_SAFE_INTEGER): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= least && value <= most))
    throw new Error(`--${name} takes whole numbers from ${least} to ${most}, and not "${text}"`);
  return value;
}
