import { ANNOUNCEMENT_LEVELS } from "../../lib/protocol/announcements.ts";
import {
  ANNOUNCEMENT_CHARS,
  announcementBody,
  announcementParams,
} from "../../lib/protocol/http/admin/announcements.ts";
import { JOURNAL_EVENTS, JOURNAL_FORMATS, JOURNAL_OUTCOMES } from "../../lib/protocol/http/admin/journal.ts";
import { POLICY_KEYS, policyChanges, policyOf } from "../../lib/protocol/policies.ts";
import { CLIENT, NOBODY } from "./actor.ts";
import { type Command, UsageError } from "./command.ts";
import { oneOf, wholeNumber } from "./words.ts";

const HOUR_MS = 3_600_000;

export const SETTING_COMMANDS: Readonly<Record<string, Command>> = {
  "policy:get": {
    words: ["[KEY]"],
    flags: [],
    help: "prints every policy, or one",
    async run({ services, words: [key] }) {
      if (key !== undefined) oneOf("KEY", key, POLICY_KEYS);
      const found = (await services.policies.list()).filter((one) => key === undefined || one.key === key);
      const text = found
        .map((one) => (key === undefined ? `${one.key}\t${one.value}` : one.value))
        .join("\n");
      return { text, json: Object.fromEntries(found.map((one) => [one.key, one.value])) };
    },
  },
  "policy:set": {
    words: ["KEY", "VALUE"],
    flags: [],
    help: "sets a policy; a running server follows within five seconds",
    async run({ services, words: [typedKey = "", typed = ""] }) {
      const key = oneOf("KEY", typedKey, POLICY_KEYS);
      const { kind } = policyOf(key);
      const isText = kind === "choice" || kind === "patterns";
      const value = isText ? typed : kind === "boolean" ? typed === "true" : toWhole(typed);
      const change = policyChanges.safeParse({ [key]: value });
      if (!change.success) throw new UsageError(`${key} does not take ${typed}`);
      await services.policies.change(null, change.data, CLIENT);
      const now = services.policies.current()[key];
      return { text: `${key} is ${now}.`, json: { [key]: now } };
    },
  },
  announce: {
    words: ["TEXT"],
    flags: ["french", "level", "hours"],
    help: `tells everybody something in one word (quoted), with --french in place of it for who reads that, as --level ${ANNOUNCEMENT_LEVELS.join(" or ")}, for so many --hours (24)`,
    async run({ services, words: [text = ""], flags }) {
      const form = announcementBody.safeParse({
        level: oneOf("--level", flags.level ?? "information", ANNOUNCEMENT_LEVELS),
        text,
        french: flags.french ?? "",
        startsAt: null,
        endsAt: Date.now() + wholeNumber("--hours", flags.hours ?? "24", 1, 8_760) * HOUR_MS,
      });
      if (!form.success) throw new UsageError(`a text has 1 to ${ANNOUNCEMENT_CHARS} characters`);
      const { id } = await services.admin.announcements.create(NOBODY, form.data, CLIENT);
      return { text: id, json: { id } };
    },
  },
  "announce:list": {
    words: [],
    flags: [],
    help: "prints what was announced, the newest first",
    async run({ services }) {
      const { announcements } = await services.admin.announcements.list();
      const lines = announcements.map(({ id, level, startsAt, endsAt, text }) =>
        [id, level, ...[startsAt, endsAt].map((at) => new Date(at).toISOString()), JSON.stringify(text)].join(
          "\t",
        ),
      );
      return { text: lines.join("\n"), json: { announcements } };
    },
  },
  "announce:end": {
    words: ["ID"],
    flags: [],
    help: "ends an announcement before its time",
    async run({ services, words: [typed] }) {
      const found = announcementParams.safeParse({ id: typed });
      if (!found.success) throw new UsageError("ID is what announce and announce:list print");
      await services.admin.announcements.end(NOBODY, found.data.id, CLIENT);
      return { text: "It is over.", json: { done: true } };
    },
  },
  "journal:export": {
    words: [],
    flags: ["format", "person", "event", "outcome", "address"],
    help: "prints the journal, newest first, as --format csv or ndjson, of one --person, --event, --outcome or --address",
    run({ services, flags, json }) {
      const { person, address } = flags;
      const format = oneOf("--format", flags.format ?? (json ? "ndjson" : "csv"), JOURNAL_FORMATS);
      const event = flags.event === undefined ? undefined : oneOf("--event", flags.event, JOURNAL_EVENTS);
      const outcome =
        flags.outcome === undefined ? undefined : oneOf("--outcome", flags.outcome, JOURNAL_OUTCOMES);
      return services.admin.journal.export(NOBODY, { person, address, event, outcome }, format, CLIENT);
    },
  },
};

/** Not what else `Number` takes, as 0x10 or nothing at all. */
const toWhole = (typed: string): number => (/^\d+$/.test(typed) ? Number(typed) : Number.NaN);
