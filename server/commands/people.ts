import { AppError } from "../../lib/protocol/errors.ts";
import {
  PEOPLE_ACTIVITIES,
  PEOPLE_GROUPS,
  personDeviceParams,
  RESTRAINT_REASON_CHARS,
  type Restraint,
} from "../../lib/protocol/http/admin/people.ts";
import { ROLES, type Role } from "../../lib/protocol/roles.ts";
import { CLIENT, COMMAND_LINE_ACTOR } from "./actor.ts";
import { type Answer, type Command, type Context, UsageError } from "./command.ts";
import { oneOf, wholeNumber } from "./words.ts";

const DAY_MS = 86_400_000;

/** @throws AppError "not-found" */
const find = ({ services, words: [name = ""] }: Context) => services.admin.people.named(name);

const said = (text: string, json: unknown = { done: true }): Answer => ({ text, json });

const RESTRAINT_HELP: Readonly<Record<Restraint, string>> = {
  suspended: "suspends somebody, for so many --days or until lifted, with a --reason",
  banned: "bans somebody, for so many --days or until lifted, with a --reason",
  muted: "lets somebody write nowhere, though read, for so many --days (1), with a --reason",
};

const restrain = (kind: Restraint): Command => ({
  words: ["NAME"],
  flags: ["reason", "days"],
  help: RESTRAINT_HELP[kind],
  async run(context) {
    const { services, flags } = context;
    const reason = flags.reason ?? "";
    if (reason.length > RESTRAINT_REASON_CHARS)
      throw new UsageError(`--reason takes ${RESTRAINT_REASON_CHARS} characters at most`);
    const typed = flags.days ?? (kind === "muted" ? "1" : undefined);
    const days = typed === undefined ? null : wholeNumber("--days", typed, 1, 3_650);
    const until = days === null ? null : Date.now() + days * DAY_MS;
    const { id, name } = await find(context);
    await services.admin.people.restrain(COMMAND_LINE_ACTOR, id, { kind, reason, until }, CLIENT);
    // Who is muted, servers remember with each conversation.
    await services.otherNodes.raiseDoubt();
    return said(`${name} is ${kind}${until === null ? "" : ` until ${new Date(until).toISOString()}`}.`);
  },
});

/** @param only where nothing but this may be lifted */
const lift = (help: string, may: string, only?: Restraint): Command => ({
  words: ["NAME"],
  flags: [],
  help,
  async run(context) {
    const { id, name, restraint } = await find(context);
    if (only && restraint?.kind !== only) throw new AppError("conflict", `${name} is not ${only}`);
    await context.services.admin.people.lift(COMMAND_LINE_ACTOR, id, CLIENT);
    await context.services.otherNodes.raiseDoubt();
    return said(`${name} ${may}.`);
  },
});

async function* everybody({ services, flags, json }: Context): AsyncGenerator<string> {
  const group = oneOf("--group", flags.group ?? "everybody", PEOPLE_GROUPS);
  const activity = oneOf("--activity", flags.activity ?? "any", PEOPLE_ACTIVITIES);
  let after: string | undefined;
  do {
    const place = flags.search === undefined ? { after } : { q: flags.search };
    const query = { group, activity, ...place };
    const { rows, next } = await services.admin.people.list(query);
    for (const row of rows) {
      const { id, name, displayName, email, role, createdAt, lastActiveDay, restraint } = row;
      if (json)
        yield `${JSON.stringify({ id, name, displayName, email, role, createdAt, lastActiveDay, restraint })}\n`;
      else yield `${[name, role, restraint?.kind ?? "-", lastActiveDay || "-", displayName].join("\t")}\n`;
    }
    after = next ?? undefined;
  } while (after !== undefined);
}

export const PEOPLE_COMMANDS: Readonly<Record<string, Command>> = {
  "user:list": {
    words: [],
    flags: ["group", "activity", "search"],
    help: `a line for everybody, of one --group (${PEOPLE_GROUPS.join(", ")}), last here as --activity says (${PEOPLE_ACTIVITIES.join(", ")}), or found by --search`,
    run: async (context) => everybody(context),
  },
  "user:role": {
    words: ["NAME", "ROLE"],
    flags: [],
    help: `gives somebody a role: ${ROLES.join(", ")}`,
    async run(context) {
      const role = oneOf<Role>("ROLE", context.words[1] ?? "", ROLES);
      const { id, name } = await find(context);
      await context.services.admin.people.setRole(COMMAND_LINE_ACTOR, id, role, CLIENT);
      return said(`${name} is ${role}.`);
    },
  },
  "user:suspend": restrain("suspended"),
  "user:ban": restrain("banned"),
  "user:mute": restrain("muted"),
  "user:lift": lift("ends a suspension, a ban or a mute", "may sign in"),
  "user:unmute": lift("ends a mute, and nothing else", "may write", "muted"),
  "user:sign-out": {
    words: ["NAME"],
    flags: [],
    help: "ends every session of somebody",
    async run(context) {
      const { id, name } = await find(context);
      await context.services.admin.people.signOut(COMMAND_LINE_ACTOR, id, CLIENT);
      return said(`${name} is signed out everywhere.`);
    },
  },
  "user:show": {
    words: ["NAME"],
    flags: [],
    help: "says who somebody is, where they are signed in and which of their browsers have keys",
    async run(context) {
      const { id } = await find(context);
      const { person, sessions, devices, conversations } = await context.services.admin.people.read(id);
      const moment = (at: number): string => new Date(at).toISOString();
      const { name, displayName, email, role, restraint, createdAt, lastActiveDay } = person;
      const facts = [
        ["name", name, displayName, email ?? "-"],
        [
          "role",
          role,
          restraint ? `${restraint.kind} ${restraint.until ? moment(restraint.until) : ""}` : "-",
        ],
        ["account", moment(createdAt), lastActiveDay || "-"],
        ["conversations", conversations.direct, "rooms", conversations.rooms],
        ...sessions.map(({ id, address, lastSeenAt, agent }) => [
          "session",
          id,
          address,
          moment(lastSeenAt),
          agent,
        ]),
        ...devices.map(({ id, createdAt, name }) => ["browser", id, moment(createdAt), name]),
      ];
      return said(facts.map((fact) => fact.join("\t")).join("\n"), {
        person,
        sessions,
        devices,
        conversations,
      });
    },
  },
  "user:remove-browser": {
    words: ["NAME", "ID"],
    flags: [],
    help: "signs a browser of somebody out and ends its way to their keys; its ID is what user:show prints",
    async run(context) {
      const { id, name } = await find(context);
      const found = personDeviceParams.safeParse({ id, device: context.words[1] });
      if (!found.success) throw new UsageError("ID is what user:show prints");
      await context.services.admin.people.removeDevice(COMMAND_LINE_ACTOR, id, found.data.device, CLIENT);
      return said(`${name} has one browser less.`);
    },
  },
  "user:delete": {
    words: ["NAME", "NAME"],
    flags: [],
    help: "deletes an account for good; its name twice, because nothing brings it back",
    async run(context) {
      const { services, words } = context;
      if (words[0] !== words[1]) throw new UsageError("these are two names");
      const { id, name } = await find(context);
      await services.admin.people.delete(COMMAND_LINE_ACTOR, id, name, CLIENT);
      // Sockets tell each other of records and ends; this process has none.
      await services.otherNodes.raiseDoubt();
      return said(`${name} is deleted.`);
    },
  },
  "user:app-passwords": {
    words: ["NAME", "on|off"],
    flags: [],
    help: "whether somebody may sign programs in by app passwords; off removes those there are",
    async run(context) {
      const switched = oneOf("on|off", context.words[1] ?? "", ["on", "off"]);
      const { id, name } = await find(context);
      const { people } = context.services.admin;
      await people.allowAppPasswords(COMMAND_LINE_ACTOR, id, switched === "on", CLIENT);
      // Servers keep sessions in mind for two seconds at most.
      return said(`${name} may ${switched === "on" ? "" : "not "}make app passwords.`);
    },
  },
  "user:reset-totp": {
    words: ["NAME"],
    flags: [],
    help: "ends authenticator, sign-in codes and sessions of somebody, and prints the link to a new authenticator",
    async run(context) {
      const { id } = await find(context);
      const { people } = context.services.admin;
      const { token, expiresAt } = await people.endAuthenticator(COMMAND_LINE_ACTOR, id, CLIENT);
      const link = `${context.publicUrl.origin}/login#authenticator=${token}`;
      return said(link, { link, expiresAt });
    },
  },
};
