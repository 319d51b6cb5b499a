import { expect, test, vi } from "vitest";
import { coalesce, coalesceMany } from "./coalesce.ts";

const squares = () => vi.fn(async (keys: readonly number[]) => new Map(keys.map((key) => [key, key * key])));

test("what is asked in one turn is one query, and everybody gets their own answer", async () => {
  const load = squares();
  const find = coalesce(load);
  expect(await Promise.all([3, 4, 3].map(find))).toEqual([9, 16, 9]);
  expect(load.mock.calls).toEqual([[[3, 4]]]);
  expect(await find(5)).toBe(25);
  expect(load).toHaveBeenCalledTimes(2);
});

test("what is not there is null, and an error is everybody's who asked", async () => {
  const find = coalesce(async (keys: readonly number[]) => {
    if (keys.includes(13)) throw new Error("bad luck");
    return new Map<number, string>();
  });
  expect(await find(1)).toBeNull();
  const asked = await Promise.allSettled([find(1), find(13)]);
  expect(asked.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(await find(1)).toBeNull();
});

test("a query never grows beyond what the database takes", async () => {
  const load = squares();
  const find = coalesce(load);
  const keys = Array.from({ length: 1_201 }, (_, i) => i);
  expect(await Promise.all(keys.map(find))).toEqual(keys.map((key) => key * key));
  expect(load.mock.calls.map(([some]) => some.length)).toEqual([500, 500, 201]);
});

test("each key gets the rows that are its own, in their order", async () => {
  const load = vi.fn(async (keys: readonly string[]) =>
    [..."abacb"].filter((key) => keys.includes(key)).map((key, place) => ({ key, place })),
  );
  const find = coalesceMany(load, ({ key }) => key);
  const places = async (key: string) => (await find(key)).map(({ place }) => place);
  expect(await Promise.all(["a", "b", "d"].map(places))).toEqual([[0, 2], [1, 3], []]);
  expect(load).toHaveBeenCalledTimes(1);
});
