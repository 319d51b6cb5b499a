import { setTimeout as sleep } from "node:timers/promises";
import type { Pool } from "mariadb";
import { putForward } from "../../server/testing/clock.ts";
import { startTalking } from "../../server/testing/device.ts";
import { type Seeded, seeded } from "../../server/testing/seeded.ts";
import { idOf, roomsOf } from "../rooms/rooms.ts";
import type { Actor } from "./cast.ts";
import { findDifferences, type Gathering } from "./judge.ts";
import { findFileDifferences, settleFiles } from "./judge-files.ts";
import type { Machines } from "./machines.ts";
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
  readonly messages: number;
  /** Of these, with a file that nothing excused from arriving. */
  readonly files: number;
  /** What differs from what was promised; empty where nothing does. */
  readonly findings: readonly string[];
}

interface PlannedFault {
  readonly kind: string;
  /** Whom it happens to, where it happens to one. */
  readonly actor: Actor;
  readonly lasting: number;
  readonly own: Seeded;
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
  let said = 0;

  function talk(long: boolean): void {
    for (const actor of cast) {
      for (const { id, people } of conversations) {
        if (!people.includes(actor)) continue;
        for (let i = chance.below(SAYS_AT_MOST); i > 0; i -= 1) {
          said += 1;
          actor.say(id, `${seed}: ${said}${long ? ` ${"~".repeat(LONG_CHARS)}` : ""}`);
        }
        if (!chance.chance(0.15)) continue;
        said += 1;
        const name = `${seed}: file ${said}`;
        actor.sendFile(id, name, Buffer.alloc(chance.below(FILE_BYTES), name));
      }
    }
  }

  for (const kinds of typeof steps === "number" ? chooseFaults(machines, steps, chance) : steps) {
    // Everything is decided before anything is done: what a fault still draws, it draws from a source of its own.
    const plan = kinds.map((kind) => ({
      kind,
      actor: chance.pick(cast),
      after: chance.below(200),
      lasting: 100 + chance.below(outage),
      own: seeded(chance.below(2 ** 32)),
    }));
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
    if (kind === "tab killed") return actor.dieAndReturn();
    if (kind === "the server's clock jumps") {
      const jump = own.below(2 * SERVER_CLOCK_JUMP_MS) - SERVER_CLOCK_JUMP_MS;
      await putForward(jump);
      await sleep(lasting);
      return putForward(-jump);
    }
    if (kind === "somebody put out and taken in")
      return comeAndGo(cast[0] as Actor, guest, conversations, lasting);
    return machines.faults[kind]?.(lasting);
  }

  onStep?.("all is whole again");
  const findings = await settleFiles(cast, conversations);
  findings.push(...(await findDifferences(cast, conversations)));
  findings.push(...(await findFileDifferences(cast, conversations)));
  // As the next one who looks would see it: what the server really kept.
  if (findings.length === 0) {
    onStep?.("everybody starts anew");
    for (const actor of cast) await actor.dieAndReturn();
    findings.push(...(await findDifferences(cast, conversations)));
    findings.push(...(await findFileDifferences(cast, conversations)));
  }
  onStep?.("the tables are looked at");
  const look = async (pool: Pool) => [
    ...(await findMisfits(pool)),
    ...(await findFileMisfits(pool, machines.filesFolder)),
  ];
  findings.push(...(await machines.whileStopped(look)), ...machines.complaints());
  const sent = conversations.flatMap(({ id }) => cast.flatMap((actor) => actor.files(id)));
  return { messages: said, files: sent.filter(({ mayBeMissing }) => !mayBeMissing).length, findings };
}

function chooseFaults(machines: Machines, steps: number, chance: Seeded): string[][] {
  const names = [...Object.keys(machines.faults), ...Object.keys(WIRE_FAULTS), ...OTHER_FAULTS];
  return Array.from({ length: steps }, () => {
    const chosen = [chance.pick(names), ...(chance.chance(0.4) ? [chance.pick(names)] : [])];
    return [...new Set(chosen)];
  });
}

const OTHER_FAULTS = ["tab killed", "the server's clock jumps", "somebody put out and taken in"];

/** A room of everybody, new in each round, in which one comes and goes without a word; and what the first two share. */
async function gather(cast: readonly Actor[], guest: Actor, seed: number): Promise<Gathering[]> {
  const [owner, second] = cast as readonly [Actor, Actor];
  const others = cast.filter((actor) => idOf(actor.device()) !== idOf(owner.device()));
  const room = await (await roomsOf(owner.device())).create({
    kind: "private-room",
    name: `Round ${seed}`,
    topic: "",
    history: "all",
    retentionSeconds: 0,
    posting: "everyone",
    people: others.map((actor) => idOf(actor.device())),
  });
  const direct = await startTalking(owner.device(), second.device());
  const both = cast.filter((actor) =>
    [owner, second].some((one) => idOf(one.device()) === idOf(actor.device())),
  );
  const gatherings: Gathering[] = [];
  for (const [id, people] of [
    [room, cast.filter((actor) => actor !== guest)],
    [direct, both],
  ] as const) {
    for (const actor of people) await actor.enter(id);
    const { messages = [] } = owner.device().messenger.getState().timelines.get(id) ?? {};
    gatherings.push({ id, people, before: messages.at(-1)?.seq ?? 0 });
  }
  return gatherings;
}

/** Keys change twice by that. What is refused meanwhile is left alone: the next round is another room. */
async function comeAndGo(
  owner: Actor,
  guest: Actor,
  [room]: readonly Gathering[],
  lasting: number,
): Promise<void> {
  if (!room) return;
  const rooms = await roomsOf(owner.device());
  const person = idOf(guest.device());
  await rooms.remove(room.id, person).catch(() => {});
  await sleep(lasting);
  await rooms.add(room.id, [person]).catch(() => {});
}
