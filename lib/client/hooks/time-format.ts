import type { Locale, Translate } from "./translate.ts";

/** Times as people read them, in the browser's time zone. Formatters are kept: making one costs more than using it. */

type Style = "clock" | "weekday" | "day" | "dayOfYear" | "fullDay" | "fullDayOfYear" | "date" | "exact";

const STYLES: Readonly<Record<Style, Intl.DateTimeFormatOptions>> = {
  clock: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  weekday: { weekday: "short" },
  day: { day: "numeric", month: "short" },
  dayOfYear: { day: "numeric", month: "short", year: "numeric" },
  fullDay: { weekday: "long", day: "numeric", month: "long" },
  fullDayOfYear: { weekday: "long", day: "numeric", month: "long", year: "numeric" },
  date: { dateStyle: "long" },
  exact: { dateStyle: "full", timeStyle: "short" },
};
/** "en" alone would mean American order. */
const TAGS: Readonly<Record<Locale, string>> = { en: "en-GB", fr: "fr-FR" };
const formatters = new Map<string, Intl.DateTimeFormat>();

function format(at: number, locale: Locale, style: Style): string {
  const key = `${locale} ${style}`;
  let formatter = formatters.get(key);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat(TAGS[locale], STYLES[style]);
    formatters.set(key, formatter);
  }
  return formatter.format(at);
}

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

export function formatClock(at: number, locale: Locale): string {
  return format(at, locale, "clock");
}

export function formatDate(at: number, locale: Locale): string {
  return format(at, locale, "date");
}

/** For a tooltip: nothing left out. */
export function formatExact(at: number, locale: Locale): string {
  return format(at, locale, "exact");
}

/** For a list: today's time, else "Yesterday", a weekday within the week, or a date. */
export function formatBrief(at: number, today: number, locale: Locale, t: Translate): string {
  const days = daysBefore(at, today);
  if (days <= 0) return format(at, locale, "clock");
  if (days === 1) return t("common.yesterday");
  if (days < 7) return format(at, locale, "weekday");
  return format(at, locale, sameYear(at, today) ? "day" : "dayOfYear");
}

/** For a separator between days. */
export function formatDay(at: number, today: number, locale: Locale, t: Translate): string {
  const days = daysBefore(at, today);
  if (days === 0) return t("common.today");
  if (days === 1) return t("common.yesterday");
  return format(at, locale, sameYear(at, today) ? "fullDay" : "fullDayOfYear");
}
