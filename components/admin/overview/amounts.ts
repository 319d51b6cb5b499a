import { formatBytes } from "@/lib/client/hooks/bytes-format";
import { useI18n } from "@/lib/client/hooks/i18n";
import { formatTime } from "@/lib/client/hooks/time-format";

/** Figures as the language writes them. */
export function useAmounts() {
  const { locale } = useI18n();
  return {
    number: (count: number): string => new Intl.NumberFormat(locale).format(count),

    bytes: (bytes: number): string => formatBytes(bytes, locale),

    /** @param day as yyyymmdd; named in any time zone as it is in UTC */
    day(day: number): string {
      const noon = new Date(Math.floor(day / 10_000), (Math.floor(day / 100) % 100) - 1, day % 100, 12);
      return formatTime(noon.getTime(), locale, "day");
    },
  };
}
