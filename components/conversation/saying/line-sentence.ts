import { isolated } from "@/components/rooms/isolated";
import { durationText, paceOf } from "@/components/rooms/policy-choices";
import type { Locale, MessageKey, Translate } from "@/lib/client/hooks/translate";
import type { Line, Person } from "@/lib/client/model";

type Id = Person["id"];
/** Sentences that come in pairs: about somebody, and about oneself. */
type Sentence = MessageKey extends infer K ? (K extends `line.${infer Name}.you` ? Name : never) : never;

interface Around {
  readonly me: Id | null;
  readonly nameOf: (account: Id) => string;
  readonly locale: Locale;
  readonly t: Translate;
}

/** One line of a timeline as a sentence. */
export function lineSentence({ author, event }: Line, around: Around): string {
  const { me, nameOf, locale, t } = around;
  const say = (sentence: Sentence, more: Parameters<Translate>[1] = {}): string =>
    author === me
      ? t(`line.${sentence}.you`, more)
      : t(`line.${sentence}`, { name: isolated(nameOf(author)), ...more });
  switch (event.kind) {
    case "created":
      return say(event.type === "direct" ? "began" : "created");
    case "joined":
    case "left": {
      const { people } = event;
      if (people.length === 1 && people[0] === me) return t(`line.${event.kind}.me`);
      return t(`line.${event.kind}`, { count: people.length, people: listed(people, around) });
    }
    case "added":
    case "removed":
    case "banned":
      return say(event.kind, { people: listed(event.people, around) });
    case "role":
      return say(event.role, { count: event.people.length, people: listed(event.people, around) });
    case "archived":
    case "reopened":
      return say(event.kind);
    case "taken-over":
      return say("tookOver", { count: event.gone.length });
    case "posting":
      return say(event.posting === "everyone" ? "everyone" : "moderators");
    case "slow":
      return event.seconds === 0 ? say("slowOff") : say("slow", paceOf(event.seconds, locale));
    case "retention":
      if (event.seconds === 0) return say("retentionOff");
      return say("retention", { time: durationText(event.seconds, locale) });
    case "history":
      return say(event.history === "all" ? "historyAll" : "historySince");
    case "name":
      return say("named", { text: isolated(event.text) });
    case "topic":
      return event.text === "" ? say("topicOff") : say("topic", { text: isolated(event.text) });
  }
}

/** One or two are named, of more the first one. */
function listed(people: readonly Id[], { nameOf, locale, t }: Around): string {
  const [first, second] = people.map((account) => isolated(nameOf(account)));
  if (people.length > 2) return t("line.others", { first: first ?? "", count: people.length - 1 });
  return new Intl.ListFormat(locale).format([first, second].filter((name) => name !== undefined));
}
