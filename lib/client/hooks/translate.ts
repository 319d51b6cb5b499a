import type account from "../../../locales/account.en.json";
import type adminAccessRules from "../../../locales/admin/access-rules.en.json";
import type adminAnnouncements from "../../../locales/admin/announcements.en.json";
import type adminFrame from "../../../locales/admin/frame.en.json";
import type adminJournal from "../../../locales/admin/journal.en.json";
import type adminModeration from "../../../locales/admin/moderation.en.json";
import type adminOverview from "../../../locales/admin/overview.en.json";
import type adminPeople from "../../../locales/admin/people.en.json";
import type adminPolicies from "../../../locales/admin/policies.en.json";
import type adminRegistration from "../../../locales/admin/registration.en.json";
import type adminRooms from "../../../locales/admin/rooms.en.json";
import type en from "../../../locales/en.json";
import type enrolment from "../../../locales/enrolment.en.json";
import type files from "../../../locales/files.en.json";
import type saying from "../../../locales/messages.en.json";
import type notes from "../../../locales/notes.en.json";
import type presence from "../../../locales/presence.en.json";
import type registration from "../../../locales/registration.en.json";
import type reports from "../../../locales/reports.en.json";
import type retention from "../../../locales/retention.en.json";
import type rooms from "../../../locales/rooms.en.json";
import type search from "../../../locales/search.en.json";
import type switcher from "../../../locales/switcher.en.json";

/** The languages there are. The first is the one to fall back on. */
export const LOCALES = ["en", "fr"] as const;
export type Locale = (typeof LOCALES)[number];

export function isLocale(value: unknown): value is Locale {
  return LOCALES.some((locale) => locale === value);
}

/** What comes with every page. */
export type Messages = typeof en;
/** What comes with the settings and the other views of the account. */
export type AccountMessages = typeof account;
/** What comes with the page on which accounts are made. */
export type RegistrationMessages = typeof registration;
/** What comes with files. */
export type FilesMessages = typeof files;
/** What comes with the views of reports. */
export type ReportsMessages = typeof reports;
/** What comes with disappearing messages. */
type RetentionMessages = typeof retention;
/** What comes with notifications and stars. */
export type NotesMessages = typeof notes;
/** What comes with the views of rooms. */
export type RoomsMessages = typeof rooms;
/** What comes with everything that is said about messages. */
export type SayingMessages = typeof saying;
/** What comes with who is there and who is writing. */
export type PresenceMessages = typeof presence;
/** What comes with searching. */
export type SearchMessages = typeof search;
/** What comes with the quick switcher. */
export type SwitcherMessages = typeof switcher;
/** What comes with the administration, and with its sections. */
export type AdminMessages = typeof adminFrame &
  typeof adminAccessRules &
  typeof adminAnnouncements &
  typeof adminJournal &
  typeof adminModeration &
  typeof adminOverview &
  typeof adminPeople &
  typeof adminPolicies &
  typeof adminRegistration &
  typeof adminRooms;
/** Everything that is loaded when somebody asks for it. */
export type LateMessages = AccountMessages &
  AdminMessages &
  EnrolmentMessages &
  FilesMessages &
  RegistrationMessages &
  ReportsMessages &
  RetentionMessages &
  NotesMessages &
  RoomsMessages &
  SayingMessages &
  PresenceMessages &
  SearchMessages &
  SwitcherMessages;
/** What comes with the link to a new authenticator. */
type EnrolmentMessages = typeof enrolment;
type RawKey = keyof Messages | keyof LateMessages;
/** A key of the language files; `x` stands for the pair `x_one`, `x_other`, chosen by `count`. */
export type MessageKey = RawKey extends infer K
  ? K extends `${infer Base}_one` | `${infer Base}_other`
    ? Base
    : K
  : never;
export type Parameters = Readonly<Record<string, string | number>>;
/** Keys that stand for a pair. */
type PairKey = RawKey extends infer K ? (K extends `${infer Base}_other` ? Base : never) : never;
/** Of a sentence without a pair, a `count` would choose none. */
export type Translate = <K extends MessageKey>(
  key: K,
  parameters?: K extends PairKey ? Parameters : Parameters & { readonly count?: never },
) => string;

/** What French elides "de" and "que" before, but no h that may be an aspirated one; names may stand in isolates. */
const ELIDING = /^\u2068?(?:[aeiouœæ]|h[eiuy]|y[^aeiou])/i;

/** Fills `{name}` in the sentence of `key`; numbers are written as the language writes them. */
export function createTranslate(locale: Locale, messages: Partial<Messages & LateMessages>): Translate {
  const plurals = new Intl.PluralRules(locale);
  const numbers = new Intl.NumberFormat(locale);
  const find = (key: string): string | undefined => messages[key as RawKey];
  return (key, parameters = {}) => {
    const { count } = parameters;
    const sentence =
      typeof count === "number"
        ? (find(`${key}_${plurals.select(count)}`) ?? find(`${key}_other`))
        : find(key);
    return (sentence ?? key).replace(/(\b(?:d|qu)e )?\{(\w+)\}/gi, (whole, before = "", name: string) => {
      const value = parameters[name];
      if (value === undefined) return whole;
      const text = typeof value === "number" ? numbers.format(value) : value;
      // "L’identité d’Élise". No English sentence has such a word.
      return (before && ELIDING.test(text.normalize("NFD")) ? `${before.slice(0, -2)}’` : before) + text;
    });
  };
}
