import { EventEmitter } from "node:events";
import type { ServerResponse } from "node:http";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createGate } from "./gate.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const someone = () => new EventEmitter() as unknown as ServerResponse;
const gate = () => createGate({ atOnce: 2, waiting: 2, patienceMs: 10_000 });

/** What became of each that came, in their order; null of whoever stands in line. */
async function outcomes(entering: readonly Promise<boolean>[]): Promise<(boolean | null)[]> {
  return Promise.all(entering.map((one) => Promise.race([one, Promise.resolve().then(() => null)])));
}

it("lets a few in, a few wait their turn, and turns the others away at once", async () => {
  const enter = gate();
  const people = Array.from({ length: 6 }, someone);
  const entering = people.map(enter);
  expect(await outcomes(entering)).toEqual([true, true, null, null, false, false]);
  people[1]?.emit("close");
  expect(await outcomes(entering)).toEqual([true, true, true, null, false, false]);
  people[0]?.emit("close");
  people[2]?.emit("close");
  expect(await outcomes(entering)).toEqual([true, true, true, true, false, false]);
  // One is left inside.
  expect(await outcomes([enter(someone()), enter(someone())])).toEqual([true, null]);
});

it("keeps nobody in line for long, nor a place for whoever went away", async () => {
  const enter = gate();
  const [first, second, gone, patient, late] = [someone(), someone(), someone(), someone(), someone()];
  const entering = [enter(first), enter(second), enter(gone), enter(patient)];
  gone.emit("close");
  vi.advanceTimersByTime(9_999);
  entering.push(enter(late));
  expect(await outcomes(entering)).toEqual([true, true, false, null, null]);
  vi.advanceTimersByTime(1);
  first.emit("close");
  expect(await outcomes(entering)).toEqual([true, true, false, false, true]);
  late.emit("close");
  second.emit("close");
  expect(await outcomes([enter(someone()), enter(someone())])).toEqual([true, true]);
});
