/** Chance that can be repeated: the same seed, the same decisions. */
export interface Seeded {
  /** From 0 up to, but not, 1. */
  next(): number;
  /** A whole number from 0 up to, but not, `end`. */
  below(end: number): number;
  /** @throws when the list is empty */
  pick<T>(list: readonly T[]): T;
  chance(share: number): boolean;
}

/** Not for secrets. @param seed a whole number below 2^32 */
export function seeded(seed: number): Seeded {
  let state = seed >>> 0;
  // mulberry32: the low bits of a plain congruential generator repeat after a few steps.
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
  const below = (end: number) => Math.floor(next() * end);
  return {
    next,
    below,
    pick(list) {
      if (list.length === 0) throw new RangeError("nothing to pick from");
      return list[below(list.length)] as (typeof list)[number];
    },
    chance: (share) => next() < share,
  };
}
