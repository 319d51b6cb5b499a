import { parseArgs } from "node:util";
import { gatherCast } from "./cast.ts";
import { fuzz } from "./fuzz/fuzz.ts";
import { setStage } from "./fuzz/stage.ts";
import { oneServer, twoNodes } from "./machines.ts";
import { playRound } from "./round.ts";

/**
 * `npm run proof`: rounds of talk while servers, databases, networks and devices fail, each followed by a look at what
 * everybody has. `-- --rounds 1000 --seed 7 --nodes 2 --people 4 --steps 10`. Ends with 1 at the first round
 * in which anything is not as promised, after its seed and what differs; with 2 where a flag makes no sense.
 * `npm run proof -- fuzz --count 1000000 --seed 7`: so many malformed requests and frames instead.
 */

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: "string", default: "3" },
    count: { type: "string", default: "100000" },
    seed: { type: "string", default: String(Date.now() % 1_000_000_000) },
    nodes: { type: "string", default: "1" },
    people: { type: "string", default: "4" },
    steps: { type: "string", default: "6" },
    /** Longest time that something is away, in milliseconds. */
    outage: { type: "string", default: "1500" },
  },
});
const say = (line: string) => process.stdout.write(`${line}\n`);
const rounds = wholeNumber("rounds", 1);
const count = wholeNumber("count", 1);
const firstSeed = wholeNumber("seed", 0);
const nodes = wholeNumber("nodes", 1, 2);
const people = wholeNumber("people", 3);
const steps = wholeNumber("steps", 1);
const outage = wholeNumber("outage", 1);
const again = (seed: number, upTo: number) =>
  `npm run proof -- --seed ${seed} --rounds ${upTo} --nodes ${nodes} --people ${people} --steps ${steps} --outage ${outage}`;

if (positionals[0] === "fuzz") await fuzzAll();
else await playAll();

/** Something else would be played than was asked for: so nothing is. */
function wholeNumber(name: keyof typeof values, least: number, most = 2 ** 32 - 1): number {
  const number = Number(values[name]);
  if (Number.isInteger(number) && number >= least && number <= most) return number;
  process.stderr.write(`--${name} takes a whole number from ${least} to ${most}.\n`);
  process.exit(2);
}

async function fuzzAll(): Promise<void> {
  say(`${count} requests and frames, seed ${firstSeed}`);
  const began = performance.now();
  const stage = await setStage();
  const { answers, faults, memory } = await fuzz(
    stage,
    count,
    firstSeed,
    (share) =>
      say(`  ${Math.round(share * 100)} % after ${Math.round((performance.now() - began) / 1000)} s`),
    (fault) => say(`  - ${fault}`),
  ).finally(() => stage.server.dispose());
  say(`  answers: ${JSON.stringify(answers)}`);
  say(`  memory of the server: ${memory.join(", ")} MB`);
  say(faults.length === 0 ? "As promised" : "NOT as promised");
  process.exitCode = faults.length === 0 ? 0 : 1;
}

async function playAll(): Promise<void> {
  const machines = await (nodes === 2 ? twoNodes() : oneServer(true));
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, () => void machines.dispose().finally(() => process.exit(1)));
  try {
    for (const what of machines.leftOut) say(`Left out: ${what}.`);
    const cast = await gatherCast(machines.front, people);
    for (let round = 0; round < rounds; round += 1) {
      const seed = firstSeed + round;
      const began = performance.now();
      say(`Round ${round + 1} of ${rounds}, seed ${seed}`);
      const { messages, files, removals, findings } = await playRound(machines, cast, seed, {
        steps,
        outage,
        onStep: (what) => say(`  ${what}`),
        // What cannot even be done is not as promised either.
      }).catch((error: Error) => ({
        messages: 0,
        files: 0,
        removals: 0,
        findings: [error.stack ?? error.message],
      }));
      const seconds = Math.round((performance.now() - began) / 1000);
      say(
        `  ${messages} messages, ${files} of them with a file, ${removals} removals, ${seconds} s: ${findings.length === 0 ? "as promised" : "NOT as promised"}`,
      );
      for (const finding of findings) say(`  - ${finding}`);
      if (findings.length > 0) {
        say(`Again: ${again(firstSeed, round + 1)}`);
        if (round > 0) say(`That round alone, without what the others left behind: ${again(seed, 1)}`);
        process.exitCode = 1;
        break;
      }
    }
    for (const actor of cast) actor.close();
  } finally {
    await machines.dispose();
  }
}
