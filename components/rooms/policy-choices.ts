import type { Locale, Translate } from "@/lib/client/hooks/translate";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** 0 is no slow mode. */
export const SLOWNESSES: readonly number[] = [0, 10, 30, MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR];

const UNITS = [
  ["day", DAY],
  ["hour", HOUR],
  ["minute", MINUTE],
  ["second", 1],
] as const;

/** "30 days", "1 hour": in the largest unit that divides it. @param seconds above 0 */
export function durationText(seconds: number, locale: Locale): string {
  const [unit, size] = UNITS.find(([, length]) => seconds % length === 0) ?? UNITS[3];
  return new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "long" }).format(seconds / size);
}

export function retentionText(seconds: number, locale: Locale, t: Translate): string {
  if (seconds === 0) return t("policy.retention.never");
  return t("policy.retention.after", { time: durationText(seconds, locale) });
}

export function slownessText(seconds: number, locale: Locale, t: Translate): string {
  if (seconds === 0) return t("policy.slow.off");
  return t("policy.slow.every", paceOf(seconds, locale));
}

/**
 * What a sentence about slow mode takes: "every 30 seconds", and of one "every minute". In hours at most: to the longer units
 * French would have to say "tous les".
 * @param seconds above 0
 */
export function paceOf(
  seconds: number,
  locale: Locale,
): Readonly<{ count: number; time: string; unit: string }> {
  const [unit, size] = UNITS.find(([unit, length]) => unit !== "day" && seconds % length === 0) ?? UNITS[3];
  const format = new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "long" });
  const count = seconds / size;
  const ofOne = format.formatToParts(1).find(({ type }) => type === "unit");
  return { count, time: format.format(count), unit: ofOne?.value ?? unit };
}

/** The usual ones, and the one that is in force where it is another. */
export function withCurrent(usual: readonly number[], current: number): readonly number[] {
  return usual.includes(current) ? usual : [...usual, current].sort((a, b) => a - b);
}
