import { expect, test } from "vitest";
import { createTokenBucket } from "./token-bucket.ts";

test("a bucket fills with time, up to its burst, and loses nothing where the clock is put back", () => {
  let now = 1_000_000;
  let perSecond = 1;
  const bucket = createTokenBucket(
    () => perSecond,
    3,
    () => now,
  );
  const taken = () => [1, 2, 3, 4].map(() => bucket.take());
  expect(taken()).toEqual([true, true, true, false]);
  now -= 600_000;
  expect(bucket.take()).toBe(false);
  now += 2_000;
  expect(taken()).toEqual([true, true, false, false]);
  now += 3_600_000;
  expect(taken()).toEqual([true, true, true, false]);
  perSecond = 2;
  now += 1_000;
  expect(taken()).toEqual([true, true, false, false]);
});
