import { readFileSync } from "node:fs";
import fc from "fast-check";
import { createApi } from "../../../lib/client/api.ts";
import { nodePlatform } from "../../../server/testing/node-platform.ts";
import { type Seeded, seeded } from "../../../server/testing/seeded.ts";
import { cookieHeader, send } from "../../security/support/http.ts";
import { type Odd, oddRequests, sendAll } from "./bodies.ts";
import { createClockGate } from "./clock-gate.ts";
import { sendFrames } from "./frames.ts";
import type { Stage } from "./stage.ts";

export interface Fuzzed {
  /** How often each status was answered. */
  readonly answers: Readonly<Record<string, number>>;
  /** What must not happen, each once, with what led to it. */
  readonly faults: readonly string[];
  /** Of the server's process, in megabytes, in the course of it. */
  readonly memory: readonly number[];
}

const COMPLAINT = /"level":"(error|fatal)"|uncaughtException/;
/** What waits for a connection to the database while the clock is put forward, waits no longer. */
const OUT_OF_TIME = /pool timeout|ER_GET_CONNECTION_TIMEOUT/;
/** Samples of the memory, of which the first fifth is a server that gets warm. */
const SAMPLES = 20;
const BATCH = 500;
/** Below what one account may write in a minute, with all that is on its way. */
const MINUTE_EVERY = 1_000;
const SHOWN_BYTES = 300;
const SHOWN_CHARS = 1_000;
/** Fair for a heap that is collected when it is time, unfair to a leak: a million of anything is more. */
const GROWTH_MEGABYTES = 100;

/**
 * So many malformed requests and frames, half of each. The seed decides what they are.
 * @param onFault hears of each at once, so that a run that is broken off has told them
 */
export async function fuzz(
  stage: Stage,
  count: number,
  seed: number,
  onProgress = (_share: number) => {},
  onFault = (_fault: string) => {},
): Promise<Fuzzed> {
  const gate = createClockGate(stage);
  const answers: Record<string, number> = {};
  const faults = new Map<string, string>();
  const note = (what: string, how: string): void => {
    if (faults.has(what)) return;
    faults.set(what, how.slice(0, SHOWN_CHARS));
    onFault(sentenceOf([what, how.slice(0, SHOWN_CHARS)]));
  };
  const memory: number[] = [];
  let done = 0;
  let asked = 0;
  const progressed = (more: number) => {
    done += more;
    if (done < ((memory.length + 1) * count) / SAMPLES) return;
    memory.push(residentMegabytes(stage.server.pid));
    onProgress(done / count);
  };
  const bodies = Math.ceil(count / 2);
  const chance = seeded(seed);
  await Promise.all([
    sendAll(
      stage,
      gate,
      generate(oddRequests(stage), bodies, seeded(chance.below(2 ** 32))),
      (odd, status, fault) => {
        answers[status] = (answers[status] ?? 0) + 1;
        if (fault) note(`${odd.route}: ${fault}`, describe(odd));
        progressed(1);
        asked += 1;
        if (asked % MINUTE_EVERY === 0) void gate.jump(61_000);
      },
    ),
    sendFrames(
      stage,
      gate,
      chance.below(2 ** 31),
      count - bodies,
      (fault) => note(fault, `seed ${seed}`),
      progressed,
    ),
  ]);
  for (const asker of await findLockedOut(stage))
    note(`${asker} is locked out`, "what it was refused since says nothing");
  for (const line of stage.server.output().split("\n"))
    if (COMPLAINT.test(line) && !OUT_OF_TIME.test(line)) note("the server complains", line);
  const grown = grownMegabytes(memory);
  if (grown > GROWTH_MEGABYTES) note(`the server has grown by ${grown} MB`, memory.join(", "));
  return { answers, faults: [...faults].map(sentenceOf), memory };
}

function* generate(arbitrary: fc.Arbitrary<Odd>, count: number, chance: Seeded): Generator<Odd> {
  for (let made = 0; made < count; made += BATCH)
    yield* fc.sample(arbitrary, { numRuns: Math.min(BATCH, count - made), seed: chance.below(2 ** 31) });
}

/** Whoever asked and is nobody any more: a storm of fair refusals would hide that nothing else was tried. */
async function findLockedOut({ server, profiles }: Stage): Promise<string[]> {
  const out: string[] = [];
  for (const [asker, profile] of Object.entries(profiles)) {
    if (!profile) continue;
    // What was just renewed is not stale.
    await createApi(nodePlatform(server.origin, profile))
      .renewSession(false)
      .catch(() => {});
    const { status } = await send(server, "GET", "/api/me", { headers: cookieHeader(profile) });
    if (status !== 200) out.push(`${asker} (${status})`);
  }
  return out;
}

const sentenceOf = ([what, how]: readonly [string, string]): string => `${what} (${how})`;

function describe({ asker, path, type, body }: Odd): string {
  return `${asker} ${path} ${type} ${body?.subarray(0, SHOWN_BYTES).toString("latin1") ?? ""}`;
}

function residentMegabytes(pid: number): number {
  const [, kilobytes = "0"] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Math.round(Number(kilobytes) / 1024);
}

/** The end beside what was there once it was warm: the lower of a few samples each, as collections come when they want. */
function grownMegabytes(memory: readonly number[]): number {
  const warm = Math.floor(memory.length / 5);
  const few = Math.max(1, Math.floor(memory.length / 5));
  return Math.min(...memory.slice(-few)) - Math.min(...memory.slice(warm, warm + few));
}
