import { APP_PASSWORD_NAME_CHARS } from "../../protocol/app-password.ts";
import { AppError } from "../../protocol/errors.ts";
import { newAppPasswordBody } from "../../protocol/http/app-passwords.ts";
import { withClient } from "../account/open-account.ts";
import { stepUp } from "../account/step-up.ts";
import { type Command, SIGN_IN_OPTIONS } from "../cli/command.ts";
import { EXIT, Failure, usage } from "../failure.ts";

export const appPasswordMake: Command = {
  name: "app-password make",
  summary: "make what signs in a program in place of password and code",
  synopsis: "<name>",
  args: [1, 1],
  description: [
    "Prints an app password, this once, for sceau login --app-password-file. The name only tells them apart. Wants password and code again, and an administrator who allows this account to have any; there can be five.",
    "It opens no keys, and a session that began by it can do nothing that wants password and code again. A new password or authenticator ends it.",
  ],
  options: SIGN_IN_OPTIONS,
  examples: ["(umask 077; sceau app-password make builds > app-password)"],
  async run(context) {
    const named = newAppPasswordBody.safeParse({ name: context.args[0] });
    if (!named.success)
      throw usage(`An app password's name has 1 to ${APP_PASSWORD_NAME_CHARS} characters, in one line.`);
    const { name } = named.data;
    await withClient(context, async (client) => {
      const { credentials } = await client.messenger.account();
      if (!(await credentials.appPasswords()).allowed) throw notAllowed();
      await stepUp(context, client);
      const appPassword = await credentials.makeAppPassword(name).catch((error: unknown) => {
        if (error instanceof AppError && error.code === "conflict")
          throw new Failure(EXIT.refused, "conflict", "There are five already: remove one first.");
        throw error;
      });
      await context.out.result({ name, appPassword }, appPassword);
    });
  },
};

function notAllowed(): Failure {
  const message = "No administrator has allowed this account to have app passwords.";
  return new Failure(EXIT.refused, "not-allowed", message);
}

export const appPasswordList: Command = {
  name: "app-password list",
  summary: "show the account's app passwords, and when each was used last",
  synopsis: "",
  args: [0, 0],
  description: ["What they are called; what they are is kept nowhere."],
  options: [],
  examples: ["sceau app-password list --json"],
  async run(context) {
    await withClient(context, async ({ messenger }) => {
      const { credentials } = await messenger.account();
      for (const { name, createdAt, lastUsedAt } of (await credentials.appPasswords()).appPasswords) {
        const used = lastUsedAt === null ? "never used" : `used ${new Date(lastUsedAt).toISOString()}`;
        await context.out.result({ name, createdAt, lastUsedAt }, `${name}\t${used}`);
      }
    });
  },
};

export const appPasswordRemove: Command = {
  name: "app-password remove",
  summary: "end an app password and the sessions that began by it",
  synopsis: "<name>",
  args: [1, 1],
  description: ["All that are called so."],
  options: [],
  examples: ["sceau app-password remove builds"],
  async run(context) {
    await withClient(context, async ({ messenger }) => {
      const { credentials } = await messenger.account();
      const [name = ""] = context.args;
      const found = (await credentials.appPasswords()).appPasswords.filter((one) => one.name === name);
      if (found.length === 0)
        throw new Failure(EXIT.notFound, "not-found", `No app password is called ${name}.`);
      for (const { id } of found) await credentials.removeAppPassword(id);
      await context.out.result({ removed: found.length }, `Removed: ${name}.`);
    });
  },
};
