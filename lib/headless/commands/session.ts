import { createEntrance } from "../../client/entrance.ts";
import { AppError } from "../../protocol/errors.ts";
import { removeAccountFolder } from "../account/account-folder.ts";
import { createAccountPlatform } from "../account/account-platform.ts";
import { explained } from "../account/connect.ts";
import { openAccount, patienceOf, withClient } from "../account/open-account.ts";
import type { Command } from "../cli/command.ts";

export const whoami: Command = {
  name: "whoami",
  summary: "say which account this is, and whether its session lasts",
  synopsis: "",
  args: [0, 0],
  description: ["Asks the server, so that it also tells whether everything works."],
  options: [],
  examples: ["sceau whoami --json"],
  async run(context) {
    await withClient(context, async ({ messenger, store }) => {
      const { me } = messenger.getState();
      const { sessions } = await messenger.account();
      const left = await sessions.left();
      const { origin, device } = store.read();
      const name = me?.name ?? store.read().name;
      await context.out.result(
        {
          ...{ id: me?.id, name, displayName: me?.displayName, server: origin },
          ...{ device: device?.device, folder: store.folder, sessionLeft: left },
        },
        `${name} (${me?.displayName}) at ${origin}\nsigned in for another ${hours(left.absolute)} at most, ${hours(left.idle)} if nothing is done`,
      );
    });
  },
};

export const logout: Command = {
  name: "logout",
  summary: "end the session here; with --forget also remove the keys",
  synopsis: "[--forget]",
  args: [0, 0],
  description: [
    "The keys stay on this device, so that sceau login needs no recovery code. With --forget everything of the account on this machine is removed, unsent messages too, also where the session has ended already.",
  ],
  options: [{ name: "forget", help: "remove keys and everything else that is kept here" }],
  examples: ["sceau logout --forget"],
  async run(context) {
    const store = await openAccount(context);
    const platform = createAccountPlatform(store, patienceOf(context));
    const forget = context.is("forget");
    try {
      await createEntrance(platform).signOut();
    } catch (error) {
      const hasEnded = error instanceof AppError && error.code === "signed-out";
      if (!hasEnded) throw explained(error, platform);
    }
    if (forget) removeAccountFolder(store.folder);
    else
      await store.update((state) => {
        state.cookies = {};
      });
    await context.out.result({ signedOut: true, forgotten: forget }, forget ? "Forgotten." : "Signed out.");
  },
};

function hours(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  return minutes < 120 ? `${minutes} minutes` : `${Math.floor(minutes / 60)} hours`;
}
