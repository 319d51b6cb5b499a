/** Days as a date field has them (`2026-11-21`), in this browser's time zone; an empty one is none. */

export function fromDay(day: string): number | null {
  const midnight = new Date(`${day}T00:00`).getTime();
  return Number.isNaN(midnight) ? null : midnight;
}

/** Midnight at the end of a day, which need not be 24 hours after its beginning. */
export function dayAfter(day: string): number | null {
  const midnight = fromDay(day);
  if (midnight === null) return null;
  const end = new Date(midnight);
  end.setDate(end.getDate() + 1);
  return end.getTime();
}

export function toDay(at: number | null): string {
  if (at === null) return "";
  const date = new Date(at);
  const two = (part: number) => String(part).padStart(2, "0");
  return `${String(date.getFullYear()).padStart(4, "0")}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
