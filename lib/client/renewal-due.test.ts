import { expect, it } from "vitest";
import { nextRenewalAt } from "./renewal-due.ts";

const at = (text: string) => Date.parse(`${text}T12:00:00Z`);
const policy = { due: false, months: 6 };

it.each([
  ["2026-01-15", 6, "2026-07-15"],
  ["2026-08-31", 6, "2027-02-28"],
  ["2027-08-31", 6, "2028-02-29"],
  ["2026-11-30", 3, "2027-02-28"],
  ["2026-12-31", 12, "2027-12-31"],
])("renews keys of %s after %i months, on %s", (made, months, due) => {
  const root = { renewedAt: at(made), renewalDue: false };
  expect(nextRenewalAt(root, { due: false, months })).toBe(at(due));
});

it("renews at once when a browser was removed, whoever says so", () => {
  const renewedAt = at("2026-01-15");
  expect(nextRenewalAt({ renewedAt, renewalDue: true }, policy)).toBe(0);
  expect(nextRenewalAt({ renewedAt, renewalDue: false }, { ...policy, due: true })).toBe(0);
});

it("never renews by itself where the server says 0", () => {
  const root = { renewedAt: at("2026-01-15"), renewalDue: false };
  expect(nextRenewalAt(root, { due: false, months: 0 })).toBe(Number.POSITIVE_INFINITY);
});
