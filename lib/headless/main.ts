import { version } from "../../package.json";
import type { Command, Context } from "./cli/command.ts";
import { COMMANDS } from "./cli/commands.ts";
import { helpOf, overview } from "./cli/help.ts";
import { commandsOf, type Parsed, parse } from "./cli/parse.ts";
import { reportOf } from "./cli/report.ts";
import { EXIT, usage } from "./failure.ts";
import { isGiven } from "./terminal/given.ts";
import { createOutput, oneLine } from "./terminal/output.ts";

/** The program `sceau`: runs one command and ends with its code. */

const argv = process.argv.slice(2);
let hasFailed = false;
const signals = { SIGINT: EXIT.interrupted, SIGTERM: 143 } as const;

// A reader that has gone is no error: `sceau history … | head`.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(EXIT.ok);
  fail(error);
});
process.stderr.on("error", () => {});
process.on("uncaughtException", fail);
process.on("unhandledRejection", fail);

await run().then(() => end(EXIT.ok), fail);

async function run(): Promise<void> {
  const parsed = parse(argv, COMMANDS);
  const { command, group, options } = parsed;
  if (options.help === true) {
    const commands = group ? commandsOf(group, COMMANDS) : COMMANDS;
    return write(command ? helpOf(command) : overview(commands));
  }
  if (options.version === true)
    return write(options.json === true ? JSON.stringify({ version }) : `sceau ${version}`);
  if (!command) throw usage("Which command? See sceau --help.");
  await command.run(contextOf(command, parsed));
}

function contextOf(command: Command, { options, args }: Parsed): Context {
  const ending = new AbortController();
  for (const [signal, exit] of Object.entries(signals))
    process.on(signal, () => {
      // The second time, or where nothing has to be put in order, at once.
      if (!command.endsBySignal || ending.signal.aborted) process.exit(exit);
      ending.abort();
    });
  const is = (name: string) => options[name] === true;
  return {
    options,
    args,
    is,
    text(name) {
      const value = options[name];
      if (value === "") throw usage(`--${name} is empty.`);
      return typeof value === "string" ? value : undefined;
    },
    texts(name) {
      const values = [options[name] ?? []].flat().filter((value) => typeof value === "string");
      if (values.includes("")) throw usage(`--${name} is empty.`);
      return values;
    },
    env: process.env,
    out: createOutput({ json: is("json"), quiet: is("quiet") }),
    signal: ending.signal,
  };
}

/** Once: what could not be written is told by the stream and by whoever wrote. */
function fail(error: unknown): void {
  if (hasFailed) return;
  hasFailed = true;
  const { exit, code, message } = reportOf(error);
  const text = isGiven("json") ? oneLine({ error: { code, message } }) : `sceau: ${message}`;
  const stack = isGiven("debug") && error instanceof Error ? `\n${error.stack}` : "";
  process.stderr.write(`${text}${stack}\n`, () => end(exit));
}

function write(text: string): Promise<void> {
  return new Promise((resolve) => process.stdout.write(`${text}\n`, () => resolve()));
}

/** Not before everything was handed on: into a pipe, writing takes its time. */
function end(exit: number): void {
  process.stdout.write("", () => process.exit(exit));
}
