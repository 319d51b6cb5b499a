import type { AccountId } from "@/lib/base/ids";
import { formatTime } from "@/lib/client/hooks/time-format";
import type { Locale, Translate } from "@/lib/client/hooks/translate";
import type { RoomEvent, RoomPolicy } from "@/lib/client/model-rooms";
import { isolated } from "../isolated";
import { retentionText, slownessText } from "../policy-choices";

/** More people than this are counted, not named. */
const NAMED = 5;

/** One event of a room's journal, as a sentence. */
export function journalSentence(
  { author, event }: RoomEvent,
  nameOf: (account: AccountId) => string,
  locale: Locale,
  t: Translate,
): string {
  const called = (account: AccountId): string => isolated(nameOf(account));
  const name = called(author);
  switch (event.kind) {
    case "added":
    case "removed":
    case "banned":
    case "lifted":
      return t(`roomJournal.${event.kind}`, { name, people: listed(event.people.map(called), locale, t) });
    case "role":
      return t(`roomJournal.role.${event.role}`, { name, people: called(event.person) });
    case "muted": {
      const people = called(event.person);
      if (event.until === null) return t("roomJournal.unmuted", { name, people });
      return t("roomJournal.muted", { name, people, time: formatTime(event.until, locale, "moment") });
    }
    case "policy":
      return t("roomJournal.policy", { name, rules: rulesOf(event.policy, locale, t) });
    default:
      return t(`roomJournal.${event.kind}`, { name });
  }
}

function listed(names: readonly string[], locale: Locale, t: Translate): string {
  const rest = names.length - NAMED;
  const shown = rest > 1 ? [...names.slice(0, NAMED), t("roomJournal.others", { count: rest })] : names;
  return new Intl.ListFormat(locale).format(shown);
}

function rulesOf(policy: RoomPolicy, locale: Locale, t: Translate): string {
  const rule = (what: string, how: string): string => t("policy.rule", { what, how });
  return [
    rule(t("policy.history"), t(`policy.history.${policy.history}`)),
    rule(t("policy.retention"), retentionText(policy.retentionSeconds, locale, t)),
    rule(t("policy.posting"), t(`policy.posting.${policy.posting}`)),
    rule(t("policy.slow"), slownessText(policy.slowSeconds, locale, t)),
  ].join(" · ");
}
