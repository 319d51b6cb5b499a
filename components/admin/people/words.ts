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

    /** @param day as yyyymmdd; named in any time zone as it is in UTC. 0 for never */
    day(day: number): string {
      if (day === 0) return t("people.never");
      const noon = new Date(Math.floor(day / 10_000), (Math.floor(day / 100) % 100) - 1, day % 100, 12);
      return formatTime(noon.getTime(), locale, "dayOfYear");
    },

    date: (at: number): string => formatTime(at, locale, "dayOfYear"),
    moment: (at: number): string => formatTime(at, locale, "moment"),
  };
}
