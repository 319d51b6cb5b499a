import { setTimeout as sleep } from "node:timers/promises";
import { parseLinkCode } from "../../crypto/device-link.ts";
import { skipThePast } from "../account/first-look.ts";
import { arriveAgain, signIn } from "../account/new-account.ts";
import { patienceOf, withClient } from "../account/open-account.ts";
import { stepUp } from "../account/step-up.ts";
import {
  APP_PASSWORD,
  type Command,
  type Context,
  NEW_STATE_OPTIONS,
  SIGN_IN_OPTIONS,
} from "../cli/command.ts";
import { EXIT, Failure, usage } from "../failure.ts";
import { sayReady } from "./login.ts";

const CANCEL_MS = 3_000;

export const link: Command = {
  name: "link",
  summary: "get the keys from another device of the account, or hand them to one",
  synopsis: "[--server URL <name>] | --approve CODE",
  args: [0, 1],
  description: [
    "Signs in and shows a link code on standard output, good for two minutes. Another device of the account, such as a browser under Settings, Devices, reads it and hands over the keys.",
    "With --approve it is this device that hands the keys to the one that shows the code. That wants password and code again.",
  ],
  options: [
    { name: "server", value: "URL", help: "the server's address; also SCEAU_SERVER" },
    { name: "approve", value: "CODE", help: "the code that the new device shows" },
    ...SIGN_IN_OPTIONS,
    APP_PASSWORD,
    ...NEW_STATE_OPTIONS,
  ],
  examples: ["sceau link --server https://chat.example.org alice"],
  async run(context) {
    const code = context.text("approve");
    if (code === undefined) return arriveAsNewcomer(context);
    if (context.args.length > 0) throw usage("--approve takes the account that is here.");
    await approve(context, code);
  },
};

async function arriveAsNewcomer(context: Context): Promise<void> {
  await arriveAgain(context, async (arrival) => {
    await signIn(context, arrival);
    const where = await arrival.entrance.whereTo();
    if (where === "keys") throw usage("The account has no keys yet, on no device: sceau login makes them.");
    if (where === "recover") {
      const asked = await arrival.entrance.linkByCode();
      try {
        await context.untilSignal(async (signal) => {
          await context.out.result({ code: asked.code, expiresAt: asked.expiresAt }, asked.code);
          await Promise.race([asked.finish(signal), givenUp(context)]);
        });
      } catch (error) {
        // Nobody is to answer it any more; where the server does not hear of that, it forgets by itself.
        await Promise.race([asked.cancel().catch(() => {}), sleep(CANCEL_MS)]);
        throw error;
      }
      await skipThePast(arrival.store, patienceOf(context));
    }
    await sayReady(context, arrival);
  });
}

/** The code itself is good for two minutes: only who says another time means that. */
async function givenUp(context: Context): Promise<void> {
  if (context.text("timeout") === undefined) return new Promise(() => {});
  await sleep(patienceOf(context));
  throw new Failure(EXIT.waiting, "timeout", "Nobody has answered the code in this time.");
}

async function approve(context: Context, code: string): Promise<void> {
  if (!parseLinkCode(code)) throw usage("--approve takes the code that the new device shows.");
  await withClient(context, async (client) => {
    const { linking } = await client.messenger.account();
    // Asking who shows the code wants both factors too.
    await stepUp(context, client);
    const { newcomer, confirm } = await linking.read(code);
    await confirm();
    const { address, browser } = newcomer;
    await context.out.result({ linked: { address, browser } }, `Linked: ${browser}, ${address}.`);
  });
}
