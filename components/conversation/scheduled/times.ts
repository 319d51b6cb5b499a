const HOUR_MS = 3_600_000;
const MORNING = 9;
const EVENING = 18;
const MONDAY = 1;

export interface LaterTime {
  readonly name: "hour" | "evening" | "tomorrow" | "monday";
  readonly at: number;
}

/** The times one chooses most, earliest first; by the browser's time zone. */
export function laterTimes(now: number): LaterTime[] {
  const today = new Date(now);
  const day = (days: number, hour: number): number =>
    new Date(today.getFullYear(), today.getMonth(), today.getDate() + days, hour).getTime();
  const toMonday = (MONDAY + 7 - today.getDay()) % 7 || 7;
  const evening = day(0, EVENING);
  return [
    { name: "hour", at: now + HOUR_MS },
    ...(now < evening - HOUR_MS / 2 ? [{ name: "evening", at: evening } as const] : []),
    { name: "tomorrow", at: day(1, MORNING) },
    // On a Sunday, tomorrow says it.
    ...(toMonday > 1 ? [{ name: "monday", at: day(toMonday, MORNING) } as const] : []),
  ];
}

/** As a field for a date and a time wants it: local, to the minute. */
export function toField(at: number): string {
  const date = new Date(at);
  const two = (value: number): string => String(value).padStart(2, "0");
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join("-");
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}
