import { setTimeout as sleep } from "node:timers/promises";
import type { Pool } from "mariadb";
import { putForward } from "../../server/testing/clock.ts";
import { seeded } from "../../server/testing/seeded.ts";
import type { Actor } from "./cast.ts";
import { gather } from "./gather.ts";
import { createVisits } from "./guest.ts";
import { findDifferences, type Gathering } from "./judge.ts";
import { findFileDifferences, settleFiles } from "./judge-files.ts";
import { settleSaying } from "./judge-saying.ts";
import { findUnshown, findVisitMisfits } from "./judge-tables.ts";
import type { Machines } from "./machines.ts";
import { COME_AND_GO, chooseFaults, type PlannedFault, planStep, SERVER_CLOCK, TAB_KILLED } from "./plan.ts";
import { findFileMisfits } from "./sound-files.ts";
import { findMisfits } from "./sound-tables.ts";
import { WIRE_FAULTS } from "./wire-faults.ts";

export interface RoundOptions {
  /** How many steps, or which: what goes wrong at the same time in each. */
  readonly steps: number | readonly (readonly string[])[];
  /** Longest time that something is away, in milliseconds. */
  readonly outage: number;
  /** Hears what is done now. */
  readonly onStep?: (what: string) => void;
}

export interface Round {
  /** That a device had safely, and so had to arrive. */
  readonly messages: number;
  /** That nothing excused from arriving. */
  readonly files: number;
  /** How often somebody was put out of the room, for sure. */
  readonly removals: number;
  /** What differs from what was promised; empty where nothing does. */
  readonly findings: readonly string[];
}

/** What a message says at most: many of these fill the pages of a table. */
const LONG_CHARS = 11_000;
const SERVER_CLOCK_JUMP_MS = 5 * 60_000;
const SAYS_AT_MOST = 8;
const FILE_BYTES = 40_000;

/**
 * Everybody talks while one thing after the other goes wrong; then all is whole again, and everybody must have the same.
 * The seed decides who says what where, and what goes wrong when; how far each had come by then is the machine's doing.
 */
export async function playRound(
  machines: Machines,
  cast: readonly Actor[],
  seed: number,
  { steps, outage, onStep }: RoundOptions,
): Promise<Round> {
  const chance = seeded(seed);
  const guest = cast[2] as Actor;
  for (const actor of cast) actor.beginRound();
  const conversations = await gather(cast, guest, seed);
  const [room] = conversations as [Gathering];
  const visits = createVisits(cast[0] as Actor, guest, room);
  let [number, wanted] = [0, 0];

  function talk(long: boolean): void {
    for (const actor of cast) {
      for (const { id, people } of conversations) {
        if (!people.includes(actor)) continue;
        for (let i = chance.below(SAYS_AT_MOST); i > 0; i -= 1) {
          number += 1;
          wanted += 1;
          actor.say(id, `${seed}: ${number}${long ? ` ${"~".repeat(LONG_CHARS)}` : ""}`);
        }
        if (!chance.chance(0.15)) continue;
        number += 1;
        const name = `${seed}: file ${number}`;
        actor.sendFile(id, name, Buffer.alloc(chance.below(FILE_BYTES), name));
      }
    }
  }

  for (const kinds of typeof steps === "number" ? chooseFaults(machines, steps, chance) : steps) {
    const plan = planStep(kinds, cast, outage, chance);
    onStep?.(plan.map(({ kind, actor, lasting }) => `${kind} (${actor.name}, ${lasting} ms)`).join(" + "));
    talk(kinds.includes("disk full"));
    const done = plan.map(async (fault) => {
      await sleep(fault.after);
      await doWrong(fault);
    });
    await sleep(chance.below(outage));
    talk(false);
    await Promise.all(done);
  }

  async function doWrong({ kind, actor, lasting, own }: PlannedFault): Promise<void> {
    const wire = WIRE_FAULTS[kind];
    if (wire) return wire(actor.device(), lasting, own);
    if (kind === TAB_KILLED) return actor.dieAndReturn();
    if (kind === SERVER_CLOCK) {
      const jump = own.below(2 * SERVER_CLOCK_JUMP_MS) - SERVER_CLOCK_JUMP_MS;
      await putForward(jump);
      await sleep(lasting);
      return putForward(-jump);
    }
    if (kind === COME_AND_GO) return visits.comeAndGo(lasting);
    return machines.faults[kind]?.(lasting);
  }

  async function lookAround(): Promise<string[]> {
    return [
      ...(await findDifferences(cast, conversations)),
      ...(await findFileDifferences(cast, conversations)),
      ...(await visits.findDifferences()),
    ];
  }

  onStep?.("all is whole again");
  const findings = await visits.settle(room.people, ({ name }) => `${seed}: the last word of ${name}`);
  findings.push(
    ...(await settleSaying(cast, conversations, wanted)),
    ...(await settleFiles(cast, conversations)),
  );
  findings.push(...(await lookAround()));
  // Or each device that starts would open the newest hundred of every round before, to count them.
  for (const { id, people } of conversations)
    for (const actor of people) actor.device().messenger.markRead(id);
  guest.device().messenger.markRead(room.id);
  // As the next one who looks would see it: what the server really kept.
  if (findings.length === 0) {
    onStep?.("everybody starts anew");
    for (const actor of cast) await actor.dieAndReturn();
    findings.push(...(await lookAround()));
  }
  onStep?.("the tables are looked at");
  const look = async (pool: Pool) => [
    ...(await findMisfits(pool)),
    ...(await findFileMisfits(pool, machines.filesFolder)),
    ...(await findUnshown(pool, conversations)),
    ...(await findVisitMisfits(pool, visits)),
  ];
  findings.push(...(await machines.whileStopped(look)), ...machines.complaints());
  const all = cast.flatMap((actor) => conversations.map(({ id }) => [actor, id] as const));
  const safe = all.flatMap(([actor, id]) => actor.said(id).filter(({ fate }) => fate === "safe"));
  const files = all.flatMap(([actor, id]) => actor.files(id).filter(({ excuse }) => excuse === null));
  return { messages: safe.length + files.length, files: files.length, removals: visits.removals(), findings };
}
