import { formatClock, formatTime } from "./time-format.ts";
import type { Locale, Translate } from "./translate.ts";

/** Midnight before `at`. */
export function startOfDay(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

/** Whole days between the day of `at` and `today` (a midnight); rounding absorbs the hour of a clock change. */
function daysBefore(at: number, today: number): number {
  return Math.round((today - startOfDay(at)) / 86_400_000);
}

function sameYear(a: number, b: number): boolean {
  return new Date(a).getFullYear() === new Date(b).getFullYear();
}

/** For a list: today's time, else "Yesterday", a weekday within the week, or a date. */
export function formatBrief(at: number, today: number, locale: Locale, t: Translate): string {
  const days = daysBefore(at, today);
  if (days <= 0) return formatClock(at, locale);
  if (days === 1) return t("common.yesterday");
  if (days < 7) return formatTime(at, locale, "weekday");
  return formatTime(at, locale, sameYear(at, today) ? "day" : "dayOfYear");
}

/** For a separator between days. */
export function formatDay(at: number, today: number, locale: Locale, t: Translate): string {
  const days = daysBefore(at, today);
  if (days === 0) return t("common.today");
  if (days === 1) return t("common.yesterday");
  return formatTime(at, locale, sameYear(at, today) ? "fullDay" : "fullDayOfYear");
}
