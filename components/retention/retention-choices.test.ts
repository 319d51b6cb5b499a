import { describe, expect, it } from "vitest";
import { AMOUNTS, amountOf, isUsual, RETENTIONS, UNITS, type Unit } from "./retention-choices";

describe("amountOf", () => {
  it.each((Object.keys(UNITS) as Unit[]).flatMap((unit) => AMOUNTS.map((amount) => ({ amount, unit }))))(
    "gives back what $amount $unit come to",
    ({ amount, unit }) => {
      const seconds = amount * UNITS[unit];
      const again = amountOf(seconds);
      expect(again.amount * UNITS[again.unit]).toBe(seconds);
    },
  );

  it("begins with something for a time that was not chosen yet, or elsewhere", () => {
    expect(amountOf(0)).toEqual({ amount: 1, unit: "weeks" });
    expect(amountOf(10)).toEqual({ amount: 1, unit: "hours" });
    expect(amountOf(365 * 86_400)).toEqual({ amount: 60, unit: "days" });
  });
});

it("knows the usual ones", () => {
  expect([0, ...RETENTIONS].every(isUsual)).toBe(true);
  expect(isUsual(3_601)).toBe(false);
});
