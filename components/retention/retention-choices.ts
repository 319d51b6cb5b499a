const HOUR = 3_600;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;

/** In seconds, shortest first. */
export const RETENTIONS: readonly number[] = [HOUR, DAY, WEEK, 4 * WEEK, 90 * DAY];
export const UNITS = { hours: HOUR, days: DAY, weeks: WEEK } as const;
export type Unit = keyof typeof UNITS;
export const AMOUNTS: readonly number[] = Array.from({ length: 60 }, (_, i) => i + 1);

/** Whether it is among what is offered by name. */
export function isUsual(seconds: number): boolean {
  return seconds === 0 || RETENTIONS.includes(seconds);
}

/** As it can be chosen, in the largest unit that divides it; the nearest where it cannot. */
export function amountOf(seconds: number): { amount: number; unit: Unit } {
  const unit = (["weeks", "days", "hours"] as const).find((one) => seconds % UNITS[one] === 0) ?? "hours";
  const amount = Math.round(seconds / UNITS[unit]);
  return { amount: Math.min(AMOUNTS.length, Math.max(1, amount)), unit };
}
