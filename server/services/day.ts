/** The day (UTC) of a moment in milliseconds since 1970, as yyyymmdd: days count and sort as numbers do. */
export function dayOf(at: number): number {
  return Number(new Date(at).toISOString().slice(0, 10).replaceAll("-", ""));
}
