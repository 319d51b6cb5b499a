import { setImmediate as turn } from "node:timers/promises";
import { expect, test } from "vitest";
import { createTurns } from "./turns.ts";

test("little is begun at once", () => {
  const [inTurn, begun] = [createTurns(2), [] as number[]];
  for (const i of [1, 2]) inTurn(() => begun.push(i));
  expect(begun).toEqual([1, 2]);
});

test("of much a few are begun in each turn, first come first, also when more comes meanwhile", async () => {
  const [inTurn, begun] = [createTurns(2), [] as number[]];
  for (let i = 0; i < 5; i += 1) inTurn(() => begun.push(i));
  expect(begun).toEqual([0, 1]);
  inTurn(() => begun.push(5));
  await turn();
  expect(begun).toEqual([0, 1, 2, 3]);
  inTurn(() => begun.push(6));
  expect(begun).toHaveLength(4);
  await turn();
  await turn();
  expect(begun).toEqual([0, 1, 2, 3, 4, 5, 6]);
});

test("after a rest it is at once again", async () => {
  const [inTurn, begun] = [createTurns(1), [] as number[]];
  for (let i = 0; i < 3; i += 1) {
    inTurn(() => begun.push(i));
    expect(begun).toHaveLength(i + 1);
    await turn();
  }
});

test("what is begun may ask for more", async () => {
  const [inTurn, begun] = [createTurns(1), [] as string[]];
  inTurn(() => {
    begun.push("first");
    inTurn(() => begun.push("second"));
  });
  expect(begun).toEqual(["first"]);
  await turn();
  expect(begun).toEqual(["first", "second"]);
});
