import type { Services } from "../services/services.ts";
import { type Answer, type Command, UsageError } from "./command.ts";
import { INVITATION_COMMANDS } from "./invitations.ts";
import { PEOPLE_COMMANDS } from "./people.ts";
import { ROOM_COMMANDS } from "./rooms.ts";
import { RULE_COMMANDS } from "./rules.ts";
import { SETTING_COMMANDS } from "./settings.ts";

const COMMANDS: Readonly<Record<string, Command>> = {
  ...{ ...PEOPLE_COMMANDS, ...ROOM_COMMANDS, ...INVITATION_COMMANDS },
  ...{ ...RULE_COMMANDS, ...SETTING_COMMANDS },
};

/** What was typed, taken apart; `rest` is for the server's own configuration. */
export interface Call {
  readonly name: string;
  readonly command: Command;
  readonly words: readonly string[];
  readonly flags: Readonly<Record<string, string>>;
  readonly json: boolean;
  readonly rest: readonly string[];
}

export const COMMAND_LINES: string = Object.entries(COMMANDS)
  .map(([name, { words, help }]) => `  ${[name, ...words].join(" ")}\n      ${help}`)
  .join("\n");

/** Words come before flags, as in `user:ban eve --reason Spam`. @throws UsageError */
export function readCall(args: readonly string[]): Call {
  const [name = "", ...given] = args;
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) throw new UsageError(name === "" ? "no command" : `there is no command ${name}`);
  const flagsFrom = given.findIndex((word) => word.startsWith("--"));
  const words = flagsFrom === -1 ? given : given.slice(0, flagsFrom);
  const needed = command.words.filter((word) => !word.startsWith("["));
  if (words.length < needed.length || words.length > command.words.length)
    throw new UsageError(`it is: ${[name, ...command.words].join(" ")}`);
  const flags: Record<string, string> = {};
  const rest: string[] = [];
  let json = false;
  for (let i = words.length; i < given.length; i++) {
    const [flag = "", ...joined] = (given[i] ?? "").replace(/^--/, "").split("=");
    if (given[i] === "--json") json = true;
    else if (given[i]?.startsWith("--") && command.switches?.includes(flag)) flags[flag] = "true";
    else if (given[i]?.startsWith("--") && command.flags.includes(flag)) {
      const value = joined.length > 0 ? joined.join("=") : given[++i];
      if (value === undefined) throw new UsageError(`--${flag} takes a value`);
      flags[flag] = value;
    } else rest.push(given[i] ?? "");
  }
  return { name, command, words, flags, json, rest };
}

/** @throws UsageError, AppError as the services refuse */
export function runCall(
  { command, ...call }: Call,
  context: { readonly services: Services; readonly publicUrl: URL },
): Promise<Answer> {
  return command.run({ ...call, ...context });
}
