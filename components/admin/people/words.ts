import { useI18n } from "@/lib/client/hooks/i18n";
import { formatTime } from "@/lib/client/hooks/time-format";
import type { PersonRow } from "@/lib/protocol/http/admin/people";

/** What is said about a person, in words. */
export function usePersonWords() {
  const { t, locale } = useI18n();
  return {
    state({ restraint, hasKeys }: PersonRow): string {
      if (!restraint) return t(hasKeys ? "people.state.active" : "people.state.noKeys");
      const until = restraint.until;
      const state = t(`people.state.${restraint.kind}`);
      if (until === null) return state;
      return `${state}, ${t("people.until", { time: formatTime(until, locale, "moment") })}`;
    },

    /** @param day as yyyymmdd, a day of UTC's; 0 for never */
    day(day: number): string {
      if (day === 0) return t("people.never");
      const date = Date.UTC(Math.floor(day / 10_000), (Math.floor(day / 100) % 100) - 1, day % 100);
      return new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" }).format(date);
    },

    date: (at: number): string => formatTime(at, locale, "dayOfYear"),
    moment: (at: number): string => formatTime(at, locale, "moment"),
  };
}
