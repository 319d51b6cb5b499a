import type { Locale } from "./translate.ts";

const UNITS = ["kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

/** An amount of bytes as the language writes it. */
export function formatBytes(bytes: number, locale: Locale): string {
  let amount = bytes / 1000;
  let unit = 0;
  while (amount >= 1000 && unit < UNITS.length - 1) {
    amount /= 1000;
    unit += 1;
  }
  const style = { style: "unit", unit: UNITS[unit], maximumFractionDigits: 1 } as const;
  return new Intl.NumberFormat(locale, style).format(amount);
}
