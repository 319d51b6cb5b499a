import { parseArgs } from "node:util";
import { Failure, usage } from "../failure.ts";
import { type Command, GLOBAL_OPTIONS, type OptionSpec, type Options } from "./command.ts";

export interface Parsed {
  /** Null where none was named. */
  readonly command: Command | null;
  /** Whose help is wanted: "room" for all that is done with rooms. */
  readonly group?: string;
  readonly options: Options;
  readonly args: readonly string[];
}

/** @throws Failure "usage" */
export function parse(argv: readonly string[], commands: readonly Command[]): Parsed {
  const { words, rest } = takeWords(argv, commands);
  const [first] = words;
  const wantsHelp = rest.includes("--help") || rest.includes("-h");
  if (first === "help") {
    const wanted = [...words.slice(1), ...rest.filter((word) => !word.startsWith("-"))];
    const [group = ""] = wanted;
    if (wanted.length === 1 && isGroup(group, commands)) return help(null, group);
    return help(wanted.length > 0 ? findCommand(commands, wanted) : null);
  }
  if (first === undefined) return wantsHelp ? help(null) : { command: null, ...parseRest(rest, []) };
  if (wantsHelp && words.length === 1 && isGroup(first, commands)) return help(null, first);
  const command = findCommand(commands, words);
  const { options, args } = parseRest(rest, command.options);
  const [least, most] = command.args;
  if (options.help !== true && options.version !== true && (args.length < least || args.length > most))
    throw usage(`Usage: sceau ${command.name} ${command.synopsis}`.trimEnd());
  return { command, options, args };
}

const help = (command: Command | null, group?: string): Parsed => ({
  ...{ command, options: { help: true }, args: [] },
  ...(group && { group }),
});

/** Those named by two words, the first of which this is. */
export const commandsOf = (group: string, commands: readonly Command[]) =>
  commands.filter(({ name }) => name.startsWith(`${group} `));

const isGroup = (word: string, commands: readonly Command[]) => commandsOf(word, commands).length > 0;

/** The first word that is neither an option nor the value of one; for what is done with rooms, the second too. */
function takeWords(
  argv: readonly string[],
  commands: readonly Command[],
): { words: string[]; rest: readonly string[] } {
  const { tokens } = parseArgs({
    args: [...argv],
    options: toConfig(GLOBAL_OPTIONS),
    ...{ strict: false, allowPositionals: true, tokens: true },
  });
  const end = tokens.find(({ kind }) => kind === "option-terminator")?.index ?? argv.length;
  const found = tokens.flatMap((token) => (token.kind === "positional" && token.index < end ? [token] : []));
  const [first] = found;
  const taken = found.slice(0, first && isGroup(first.value, commands) ? 2 : 1);
  const places = taken.map(({ index }) => index);
  return { words: taken.map(({ value }) => value), rest: argv.filter((_, i) => !places.includes(i)) };
}

function findCommand(commands: readonly Command[], words: readonly string[]): Command {
  const wanted = words.join(" ");
  const found =
    commands.find(({ name }) => name === wanted) ?? commands.find(({ name }) => name === words[0]);
  if (found) return found;
  const group = commandsOf(words[0] ?? "", commands).map(({ name }) => name);
  if (group.length > 0) throw usage(`Which one? ${group.join(", ")}.`);
  throw usage(`There is no command ${wanted}. See sceau --help.`);
}

function parseRest(argv: readonly string[], specs: readonly OptionSpec[]): Pick<Parsed, "options" | "args"> {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      options: toConfig([...specs, ...GLOBAL_OPTIONS]),
      ...{ strict: true, allowPositionals: true },
    });
    return { options: values, args: positionals };
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw usage((error as Error).message.replaceAll("\n", " "));
  }
}

function toConfig(specs: readonly OptionSpec[]) {
  return Object.fromEntries(
    specs.map(({ name, value, short, many = false }) => [
      name,
      { type: value ? ("string" as const) : ("boolean" as const), multiple: many, ...(short && { short }) },
    ]),
  );
}
