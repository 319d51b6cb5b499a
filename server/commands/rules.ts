import { ID_CHARS } from "../../lib/base/ids.ts";
import { type AccessRule, accessRule } from "../../lib/protocol/access-rules.ts";
import type { AccessTrial } from "../../lib/protocol/http/admin/access-rules.ts";
import { CLIENT } from "./actor.ts";
import { type Answer, type Command, type Context, UsageError } from "./command.ts";
import { wholeNumber } from "./words.ts";

/** Rules as they are set: the whole list, changed in one place. */

const WORDS = ["EFFECT", "PLACE", "WHOM", "[PATTERNS]"] as const;

const line = ({ effect, place, room, by, patterns, note }: AccessRule): string =>
  [effect, room ?? place, by, patterns, note && `# ${note}`].filter(Boolean).join(" ");

const listed = (rules: readonly AccessRule[]): string =>
  rules.length === 0
    ? "No rules: everybody may come in."
    : rules.map((rule, place) => `${place + 1}\t${line(rule)}`).join("\n");

/** @throws UsageError */
function readRule([effect, place, by, patterns = ""]: readonly string[], note = ""): AccessRule {
  const where = place?.length === ID_CHARS ? { place: "room", room: place } : { place };
  const found = accessRule.safeParse({ effect, ...where, by, patterns, note });
  if (found.success) return found.data;
  throw new UsageError(
    'a rule is, for example: deny server everybody, allow admin address "192.0.2.0/24 2001:db8::/32", deny server email "*@example.org"; in place of server or admin may stand the id of a room',
  );
}

function said({ server, admin, rooms }: AccessTrial): string {
  const places = [
    ["the server", server] as const,
    ["the administration", admin] as const,
    ...rooms.map(({ room, ...out }) => [`room ${room.id}`, out] as const),
  ];
  return places
    .map(([place, { people, sessions, names }]) => {
      const named = names.map(({ name }) => name);
      const others = people > named.length ? [`and ${people - named.length} more`] : [];
      const who = people > 0 ? `: ${[...named, ...others].join(", ")}` : "";
      return `Locked out of ${place}: ${people} people, ${sessions} sessions${who}.`;
    })
    .join("\n");
}

/** Sets what `change` makes of the rules, or says what that would do. @throws UsageError, AppError "conflict" */
async function change(
  { services, flags }: Context,
  make: (rules: readonly AccessRule[]) => readonly AccessRule[],
): Promise<Answer> {
  const { accessRules } = services.admin;
  const { rules, version } = await accessRules.read(CLIENT);
  const next = [...make(rules)];
  if (flags["dry-run"]) {
    const trial = await accessRules.try(next, null, CLIENT);
    return {
      text: `${listed(next)}\n${said(trial)}\nNothing was changed.`,
      json: { rules: next, server: trial.server, admin: trial.admin, rooms: trial.rooms, changed: false },
    };
  }
  await accessRules.replace({ version, rules: next }, CLIENT);
  return { text: listed(next), json: { rules: next, changed: true } };
}

/** @returns the index. @throws UsageError */
const numberOf = (typed: string, rules: readonly AccessRule[]): number => {
  if (rules.length === 0) throw new UsageError("there are no rules");
  return wholeNumber("NUMBER", typed, 1, rules.length) - 1;
};

export const RULE_COMMANDS: Readonly<Record<string, Command>> = {
  "rules:list": {
    words: [],
    flags: [],
    help: "prints the access rules that hold, in their order",
    async run({ services }) {
      const { rules, version, trialUntil } = await services.admin.accessRules.read(CLIENT);
      const ends = trialUntil === null ? [] : [`They end at ${new Date(trialUntil).toISOString()}.`];
      return { text: [listed(rules), ...ends].join("\n"), json: { version, rules, trialUntil } };
    },
  },
  "rules:add": {
    words: WORDS,
    flags: ["at", "note"],
    switches: ["dry-run"],
    help: "adds an access rule as the last one, or as number --at, with a --note; with --dry-run only says who would be locked out",
    run: (context) =>
      change(context, (rules) => {
        const { at, note } = context.flags;
        const place = at === undefined ? rules.length : wholeNumber("--at", at, 1, rules.length + 1) - 1;
        return rules.toSpliced(place, 0, readRule(context.words, note));
      }),
  },
  "rules:set": {
    words: ["NUMBER", ...WORDS],
    flags: ["note"],
    switches: ["dry-run"],
    help: "puts an access rule in the place of another one, by its number; with --dry-run only says who would be locked out",
    run: (context) =>
      change(context, (rules) => {
        const [number = "", ...words] = context.words;
        return rules.toSpliced(numberOf(number, rules), 1, readRule(words, context.flags.note));
      }),
  },
  "rules:remove": {
    words: ["NUMBER"],
    flags: [],
    switches: ["dry-run"],
    help: "removes an access rule by its number; with --dry-run only says who would be locked out",
    run: (context) => change(context, (rules) => rules.toSpliced(numberOf(context.words[0] ?? "", rules), 1)),
  },
  "rules:off": {
    words: [],
    flags: [],
    help: "removes every access rule, for whoever is locked out; a running server follows within five seconds",
    async run({ services }) {
      const removed = await services.admin.accessRules.switchOff(CLIENT);
      return { text: removed ? "Everybody may come in." : "There were no rules.", json: { removed } };
    },
  },
};
