import { randomBytes } from "node:crypto";
import { afterAll, describe, expect, it } from "vitest";
import type { VersionedKey } from "../secrets.ts";
import { createPasswordHasher } from "./hasher.ts";

const COST = 4;
const key = (version: number): VersionedKey => ({ version, key: new Uint8Array(randomBytes(32)) });
const [first, second] = [key(1), key(2)];
const hasher = createPasswordHasher([first], { cost: COST });
const rotated = createPasswordHasher([second, first], { cost: COST });
const dearer = createPasswordHasher([first], { cost: COST + 1 });

afterAll(() => Promise.all([hasher, rotated, dearer].map((one) => one.close())));

describe("the hasher", () => {
  it("tells apart passwords that bcrypt alone would not: beyond 72 bytes, and after NUL", async () => {
    const long = "x".repeat(72);
    expect(await hasher.verify(`${long}b`, await hasher.hash(`${long}a`))).toBe(false);
    expect(await hasher.verify("a\0c", await hasher.hash("a\0b"))).toBe(false);
  });

  it("takes one password typed on two keyboards: composed and decomposed accents", async () => {
    const stored = await hasher.hash("caf\u00e9 noir");
    expect(await hasher.verify("cafe\u0301 noir", stored)).toBe(true);
    expect(await hasher.verify("cafe noir", stored)).toBe(false);
  });

  it("never finds a password right where there is no account, not even the stand-in's own", async () => {
    expect(await hasher.verify("no account has this password", null)).toBe(false);
  });

  it("needs the pepper: the same hash under another one is wrong", async () => {
    const stored = await hasher.hash("correct horse");
    const thief = createPasswordHasher([{ ...second, version: 1 }], { cost: COST });
    expect(await thief.verify("correct horse", stored)).toBe(false);
    await thief.close();
  });

  it("keeps taking hashes of the pepper before, and says that they are outdated", async () => {
    const stored = await hasher.hash("correct horse");
    expect(await rotated.verify("correct horse", stored)).toBe(true);
    expect([hasher, rotated, dearer].map((one) => one.isOutdated(stored))).toEqual([false, true, true]);
  });

  it("refuses to judge when the pepper of a hash is gone", async () => {
    const stored = { ...(await hasher.hash("correct horse")), pepperVersion: 9 };
    await expect(hasher.verify("correct horse", stored)).rejects.toMatchObject({ code: "internal" });
  });

  it("sends away what the queue cannot hold, and recovers, unknown names included", async () => {
    const fresh = createPasswordHasher([first], { cost: COST });
    const storm = await Promise.allSettled(Array.from({ length: 400 }, () => fresh.hash("storm")));
    const refusals = storm.filter((result) => result.status === "rejected");
    expect(refusals.length).toBeGreaterThan(0);
    for (const { reason } of refusals) expect(reason).toMatchObject({ code: "overloaded", retryAfter: 5 });
    expect(await fresh.verify("anything", null)).toBe(false);
    await fresh.close();
  });

  it("makes its stand-in again when the first making of it was refused", async () => {
    const fresh = createPasswordHasher([first], { cost: COST });
    const storm = Array.from({ length: 400 }, () => fresh.hash("storm"));
    await expect(fresh.verify("anything", null)).rejects.toMatchObject({ code: "overloaded" });
    await Promise.allSettled(storm);
    expect(await fresh.verify("anything", null)).toBe(false);
    await fresh.close();
  });

  it("warms up, and ends quietly when it is closed before it is warm", async () => {
    const fresh = createPasswordHasher([first], { cost: COST });
    const [warm] = await Promise.allSettled([fresh.warmUp(), fresh.close()]);
    expect(warm).toEqual({ status: "fulfilled", value: undefined });
  });
});
