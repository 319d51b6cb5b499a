import {
  PEOPLE_GROUPS,
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

const restrain = (kind: Restraint): Command => ({
  words: ["NAME"],
  flags: ["reason", "days"],
  help: `${kind === "banned" ? "bans" : "suspends"} somebody, for so many --days or until lifted, with a --reason`,
  async run(context) {
    const { services, flags } = context;
    const reason = flags.reason ?? "";
    if (reason.length > RESTRAINT_REASON_CHARS)
      throw new UsageError(`--reason takes ${RESTRAINT_REASON_CHARS} characters at most`);
    const days = flags.days === undefined ? null : wholeNumber("--days", flags.days, 1, 3_650);
    const until = days === null ? null : Date.now() + days * DAY_MS;
    const { id, name } = await find(context);
    await services.admin.people.restrain(COMMAND_LINE_ACTOR, id, { kind, reason, until }, CLIENT);
    return said(`${name} is ${kind}${until === null ? "" : ` until ${new Date(until).toISOString()}`}.`);
  },
});

async function* everybody({ services, flags, json }: Context): AsyncGenerator<string> {
  const group = oneOf("--group", flags.group ?? "everybody", PEOPLE_GROUPS);
  let after: string | undefined;
  do {
    const query = flags.search === undefined ? { group, after } : { group, q: flags.search };
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
    flags: ["group", "search"],
    help: `a line for everybody, of one --group (${PEOPLE_GROUPS.join(", ")}), or found by --search`,
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
  "user:lift": {
    words: ["NAME"],
    flags: [],
    help: "ends a suspension, a ban or a mute",
    async run(context) {
      const { id, name } = await find(context);
      await context.services.admin.people.lift(COMMAND_LINE_ACTOR, id, CLIENT);
      // Who is muted, servers remember with each conversation.
      await context.services.otherNodes.raiseDoubt();
      return said(`${name} may sign in.`);
    },
  },
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
