import type { EntryView } from "@/lib/client/hooks/admin/journal";
import { useI18n } from "@/lib/client/hooks/i18n";
import { formatTime } from "@/lib/client/hooks/time-format";
import type { MessageKey } from "@/lib/client/hooks/translate";
import { JOURNAL_EVENTS, mayBeOthers } from "@/lib/protocol/http/admin/journal";
import { SUSPICIONS } from "@/lib/protocol/http/journal";

/** As the server writes it in place of a browser. */
const COMMAND_LINE = /^command line(?: \((.+)\))?$/;

/** What is said about an entry, in words. */
export function useEntryWords() {
  const { t, locale } = useI18n();
  return {
    /** A newer server may know events that this page does not. */
    event(event: string): string {
      const known = JOURNAL_EVENTS.find((each) => each === event);
      return known ? t(`journal.event.${known}` satisfies MessageKey) : event;
    },

    time: (at: number): string => formatTime(at, locale, "moment"),

    person({ person, account }: Pick<EntryView, "person" | "account">): string {
      if (person) return person.displayName;
      return t(account === null ? "journal.nobody" : "journal.gone");
    },

    /** From where it was done: a browser, or the command line and who typed there. */
    browser({ agent, browser }: Pick<EntryView, "agent" | "browser">): string {
      const [typed, user] = COMMAND_LINE.exec(agent) ?? [];
      if (typed === undefined) return browser || "–";
      return user ? t("journal.commandLineOf", { user }) : t("journal.commandLine");
    },

    /** What the server noted, without what other columns say. */
    detail({ event, outcome, detail, by }: EntryView): string {
      if (outcome === "suspicious" && detail) {
        const words = detail.split(" ");
        const known = SUSPICIONS.filter((suspicion) => words.includes(suspicion));
        if (known.length > 0) return known.map((each) => t(`suspicion.${each}`)).join(" ");
      }
      if (!mayBeOthers(event)) return detail;
      if (!by) return detail.replace(/\bby command line$/, () => t("journal.byCommandLine"));
      return [detail.replace(/\s*\bby [\w-]{22}$/, ""), t("journal.by", { name: by.displayName })]
        .filter(Boolean)
        .join(", ");
    },
  };
}
