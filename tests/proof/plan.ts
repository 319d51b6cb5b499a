import { type Seeded, seeded } from "../../server/testing/seeded.ts";
import type { Actor } from "./cast.ts";
import type { Machines } from "./machines.ts";
import { WIRE_FAULTS } from "./wire-faults.ts";

export interface PlannedFault {
  readonly kind: string;
  /** Whom it happens to, where it happens to one. */
  readonly actor: Actor;
  /** How long after the step began, in milliseconds. */
  readonly after: number;
  readonly lasting: number;
  readonly own: Seeded;
}

export const TAB_KILLED = "tab killed";
export const SERVER_CLOCK = "the server's clock jumps";
export const COME_AND_GO = "somebody put out and taken in";

/** The end of one would be the end of the other: a wire has one state, and the tab that its sockets are of. */
const isAlone = (kind: string) => kind === TAB_KILLED || kind in WIRE_FAULTS;

/** What goes wrong at the same time, in each of so many steps. */
export function chooseFaults(machines: Machines, steps: number, chance: Seeded): string[][] {
  const names = [
    ...Object.keys(machines.faults),
    ...Object.keys(WIRE_FAULTS),
    TAB_KILLED,
    SERVER_CLOCK,
    COME_AND_GO,
  ];
  return Array.from({ length: steps }, () => {
    const chosen = [chance.pick(names), ...(chance.chance(0.4) ? [chance.pick(names)] : [])];
    return [...new Set(chosen)];
  });
}

/** Everything is decided before anything is done: what a fault still draws, it draws from a source of its own. */
export function planStep(
  kinds: readonly string[],
  cast: readonly Actor[],
  outage: number,
  chance: Seeded,
): PlannedFault[] {
  const hit = new Set<Actor>();
  return kinds.map((kind) => {
    const actor = chance.pick(isAlone(kind) ? cast.filter((one) => !hit.has(one)) : cast);
    if (isAlone(kind)) hit.add(actor);
    return {
      kind,
      actor,
      after: chance.below(200),
      lasting: 100 + chance.below(outage),
      own: seeded(chance.below(2 ** 32)),
    };
  });
}
