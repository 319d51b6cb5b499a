import { parseRecoveryCode } from "../../crypto/recovery.ts";
import { skipThePast } from "../account/first-look.ts";
import { type Arrival, arriveAgain, signIn } from "../account/new-account.ts";
import { patienceOf } from "../account/open-account.ts";
import { readSecretFile } from "../account/secrets.ts";
import { openSecretsOut, secretsText } from "../account/secrets-out.ts";
import {
  APP_PASSWORD,
  type Command,
  type Context,
  NEW_STATE_OPTIONS,
  SECRETS_OUT,
  SIGN_IN_OPTIONS,
} from "../cli/command.ts";
import { isRefusal, usage } from "../failure.ts";
import { ask } from "../terminal/ask.ts";

export const login: Command = {
  name: "login",
  summary: "sign in, and open the keys with the recovery code where this device has none",
  synopsis: "[--server URL <name>]",
  args: [0, 1],
  description: [
    "Signs in with password and code. A device that holds the account's keys is ready then; a new one needs the recovery code, or sceau link. An account that has no keys yet gets them, and its recovery code is shown once.",
    "Without a name, the account that is here signs in again, after its session has ended.",
    "An app password stands for password and code, where an administrator allows it: for bots. It gives the server's session and never keys, and what wants password and code again is closed to it.",
    "Sessions end: after 12 hours in which no command of the account ran and after 7 days in any case, those of administrators sooner, unless the administration has set other limits.",
  ],
  options: [
    { name: "server", value: "URL", help: "the server's address; also SCEAU_SERVER" },
    ...SIGN_IN_OPTIONS,
    APP_PASSWORD,
    {
      name: "recovery-code-file",
      value: "FILE",
      help: "its first line is the recovery code; also SCEAU_RECOVERY_CODE",
    },
    SECRETS_OUT,
    ...NEW_STATE_OPTIONS,
  ],
  examples: [
    "sceau login --server https://chat.example.org alice",
    "sceau login --password-file pw --totp-secret-file totp",
    "sceau login --app-password-file app-password",
  ],
  async run(context) {
    // Before a code of the authenticator is spent on a sign-in that leads nowhere.
    const given = await givenRecoveryCode(context);
    await arriveAgain(context, async (arrival) => {
      await signIn(context, arrival);
      const { entrance } = arrival;
      const where = await entrance.whereTo();
      if (where === "keys") return makeKeys(context, arrival);
      if (where === "recover") {
        await entrance.recover(given ?? (await recoveryCode(context)));
        await skipThePast(arrival.store, patienceOf(context));
      }
      await sayReady(context, arrival);
    });
  },
};

export async function sayReady({ out }: Context, { store }: Arrival): Promise<void> {
  const { name, origin } = store.read();
  await out.result({ name, server: origin, folder: store.folder }, `${name} is signed in at ${origin}.`);
}

async function makeKeys(context: Context, { entrance, store }: Arrival): Promise<void> {
  const secrets = openSecretsOut(context);
  let mayExist = false;
  try {
    const keys = await entrance.prepareKeys();
    const kept = secrets.keep({ recoveryCode: keys.recoveryCode });
    const { name, origin } = store.read();
    await context.out.result(
      { name, server: origin, folder: store.folder, ...kept },
      `${name} is signed in at ${origin} and has new keys.\n${secretsText(kept)}`,
    );
    mayExist = true;
    await keys.commit();
  } catch (error) {
    // Nothing counts yet, or other keys do: the file would only be in the way of the next attempt.
    if (!mayExist || isRefusal(error)) secrets.drop();
    throw error;
  }
}

/** What the file holds, where one is named. @throws Failure "usage" where that is no recovery code */
async function givenRecoveryCode(context: Context): Promise<string | null> {
  const file = context.text("recovery-code-file");
  if (!file) return null;
  const code = readSecretFile(file, "recoveryCode");
  if (!(await parseRecoveryCode(code)))
    throw usage(`${file} holds no recovery code, or one with a slip of the pen.`);
  return code;
}

async function recoveryCode({ env }: Context): Promise<string> {
  return (
    env.SCEAU_RECOVERY_CODE ||
    ask("Recovery code", true, "--recovery-code-file or SCEAU_RECOVERY_CODE, or use sceau link")
  );
}
