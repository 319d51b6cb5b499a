import { afterAll, beforeAll, expect, test } from "vitest";
import { type Actor, gatherCast } from "./cast.ts";
import { type Machines, oneServer } from "./machines.ts";
import { playRound } from "./round.ts";

/** What `npm run proof` does at length and at random, once, with what dies most often. */
const STEPS = [
  ["server killed"],
  ["database killed", "sockets cut"],
  ["frames doubled", "somebody put out and taken in"],
  ["tab killed", "the server's clock jumps"],
  ["frames lost, then the socket"],
];

let machines: Machines;
let cast: readonly Actor[];

beforeAll(async () => {
  machines = await oneServer(false);
  cast = await gatherCast(machines.front, 3);
});

afterAll(async () => {
  for (const actor of cast ?? []) actor.close();
  await machines?.dispose();
});

test("whatever dies, everybody holds the same messages, each once and in order, and no row is left over", async () => {
  const { messages, files, findings } = await playRound(machines, cast, 1, { steps: STEPS, outage: 400 });
  expect(findings).toEqual([]);
  expect(messages).toBeGreaterThan(50);
  expect(files).toBeGreaterThan(1);
});
