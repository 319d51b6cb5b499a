import { appPasswordList, appPasswordMake, appPasswordRemove } from "../commands/app-password.ts";
import { exportCommand } from "../commands/export.ts";
import { history } from "../commands/history.ts";
import { link } from "../commands/link.ts";
import { listen } from "../commands/listen.ts";
import { people, rooms } from "../commands/lists.ts";
import { login } from "../commands/login.ts";
import { register } from "../commands/register.ts";
import { roomCommands } from "../commands/room.ts";
import { save } from "../commands/save.ts";
import { send } from "../commands/send.ts";
import { logout, whoami } from "../commands/session.ts";
import { verify } from "../commands/verify.ts";
import { webhook } from "../commands/webhook.ts";
import type { Command } from "./command.ts";
import { completionOf } from "./completion.ts";

/** In the order of the help. */
export const COMMANDS: readonly Command[] = [
  ...[register, login, link, whoami, logout],
  ...[send, listen, history, save, rooms, people],
  ...roomCommands,
  ...[verify, exportCommand, webhook],
  ...[appPasswordMake, appPasswordList, appPasswordRemove],
  completionOf(() => COMMANDS),
];

/** Those that tell what there is: whoever reads it may have enough before the end. Of the others something would be lost. */
export const LISTING: ReadonlySet<string> = new Set([
  ...["whoami", "listen", "history", "rooms", "people", "room members"],
  ...["app-password list", "completion"],
]);
