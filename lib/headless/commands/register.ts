import { displayName, email } from "../../protocol/account-fields.ts";
import { LIMITS } from "../../protocol/limits.ts";
import { explained } from "../account/connect.ts";
import { arrive, readName, readOrigin } from "../account/new-account.ts";
import { findPassword, readSecretFile, totpCode } from "../account/secrets.ts";
import { openSecretsOut, secretsText } from "../account/secrets-out.ts";
import { type Command, NEW_STATE_OPTIONS, SECRETS_OUT } from "../cli/command.ts";
import { reportOf } from "../cli/report.ts";
import { Failure, isRefusal, usage } from "../failure.ts";

export const register: Command = {
  name: "register",
  summary: "make an account with all its keys",
  synopsis: "--server URL <name>",
  args: [1, 1],
  description: [
    "Makes an account on a server that lets people register, its keys, and a second factor, and leaves this device signed in. The authenticator's secret and the recovery code are shown once: without them nobody signs in again, and nobody opens the messages again.",
  ],
  options: [
    { name: "server", value: "URL", help: "the server's address; also SCEAU_SERVER" },
    { name: "display-name", value: "TEXT", help: "how others see it. Default: the name" },
    {
      name: "password-file",
      value: "FILE",
      help: "its first line is the new password, - for standard input; also SCEAU_PASSWORD",
    },
    {
      name: "first-run-token-file",
      value: "FILE",
      help: "the token of a new server's first-run link, or the link: makes the administrator",
    },
    {
      name: "invitation-file",
      value: "FILE",
      help: "the link that an administrator handed out, where accounts are made by invitation",
    },
    { name: "email", value: "ADDRESS", help: "where the server asks for one" },
    SECRETS_OUT,
    ...NEW_STATE_OPTIONS,
  ],
  examples: [
    "sceau register --server https://chat.example.org --password-file pw --no-passphrase --secrets-out keys.json build-bot",
  ],
  async run(context) {
    const name = readName(context.args[0]);
    const origin = readOrigin(context);
    const tokenFile = context.text("first-run-token-file");
    const firstRunToken = tokenFile ? readSecretFile(tokenFile).replace(/^.*#token=/, "") : undefined;
    const invitationFile = context.text("invitation-file");
    const invitation = invitationFile
      ? readSecretFile(invitationFile).replace(/^.*#invitation=/, "")
      : undefined;
    const displayed = displayName.safeParse(context.text("display-name") ?? name);
    if (!displayed.success)
      throw usage(
        `--display-name has 1 to ${LIMITS.displayNameChars.max} characters, in one line, and something to see.`,
      );
    const address = context.text("email");
    if (address && !email.safeParse(address).success) throw usage(`${address} is no e-mail address.`);
    const secrets = openSecretsOut(context);
    let mayExist = false;
    try {
      await arrive(context, name, origin, async ({ entrance, isKnown, platform, store }) => {
        if (isKnown) throw usage(`${name} is here already: sceau login, or sceau logout --forget before.`);
        const password = await findPassword(context.options, context.env);
        const { registration, totpUri, totpSecret } = await entrance.startRegistration({
          ...{ name, displayName: displayed.data, password },
          ...(firstRunToken && { firstRunToken }),
          ...(invitation && { invitation }),
          ...(address && { email: address }),
        });
        // Written down before it counts; whoever prints it instead has it in either case.
        secrets.keep({ totpUri, totpSecret });
        /** Who has not got an account's secret would never sign in to it. */
        const tellSecret = async () => {
          const kept = secrets.keep({ totpUri, totpSecret });
          await context.out.result(
            { name, server: origin, folder: store.folder, ...kept },
            secretsText(kept),
          );
        };
        const code = totpCode(totpSecret);
        mayExist = true;
        await entrance.confirmRegistration({ registration, code }).catch(async (error: unknown) => {
          mayExist = !isRefusal(error);
          if (!mayExist) throw error;
          await tellSecret();
          throw asUncertain(explained(error, platform));
        });
        const keys = await entrance.prepareKeys().catch(async (error: unknown) => {
          await tellSecret();
          throw error;
        });
        const kept = secrets.keep({ totpUri, totpSecret, recoveryCode: keys.recoveryCode });
        await context.out.result(
          { name, server: origin, folder: store.folder, ...kept },
          `${name} is registered at ${origin}.\n${secretsText(kept)}`,
        );
        await keys.commit();
      });
    } catch (error) {
      if (!mayExist) secrets.drop();
      throw error;
    }
  },
};

/** The answer was lost, and with it whether there is an account now. */
function asUncertain(error: unknown): Failure {
  const { exit, code, message } = reportOf(error);
  const advice = "The account may exist all the same: try sceau login with this authenticator.";
  return new Failure(exit, code, `${message} ${advice}`);
}
