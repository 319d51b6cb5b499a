import { hourCycle } from "./clock.ts";
import type { Locale } from "./translate.ts";

/** Times as people read them, in the browser's time zone. Formatters are kept: making one costs more than using it. */

type Style =
  | "clock"
  | "weekday"
  | "day"
  | "dayOfYear"
  | "fullDay"
  | "fullDayOfYear"
  | "date"
  | "moment"
  | "exact";

const STYLES: Readonly<Record<Style, Intl.DateTimeFormatOptions>> = {
  clock: { timeStyle: "short" },
  weekday: { weekday: "short" },
  day: { day: "numeric", month: "short" },
  dayOfYear: { day: "numeric", month: "short", year: "numeric" },
  fullDay: { weekday: "long", day: "numeric", month: "long" },
  fullDayOfYear: { weekday: "long", day: "numeric", month: "long", year: "numeric" },
  date: { dateStyle: "long" },
  moment: { dateStyle: "medium", timeStyle: "short" },
  exact: { dateStyle: "full", timeStyle: "short" },
};
/** "en" alone would mean American order. */
const TAGS: Readonly<Record<Locale, string>> = { en: "en-GB", fr: "fr-FR" };
const formatters = new Map<string, Intl.DateTimeFormat>();

export function formatTime(at: number, locale: Locale, style: Style): string {
  const cycle = hourCycle();
  const key = `${locale} ${style} ${cycle}`;
  let formatter = formatters.get(key);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat(TAGS[locale], { ...STYLES[style], hourCycle: cycle });
    formatters.set(key, formatter);
  }
  return formatter.format(at);
}

export function formatClock(at: number, locale: Locale): string {
  return formatTime(at, locale, "clock");
}

export function formatDate(at: number, locale: Locale): string {
  return formatTime(at, locale, "date");
}

/** For a tooltip: nothing left out. */
export function formatExact(at: number, locale: Locale): string {
  return formatTime(at, locale, "exact");
}
