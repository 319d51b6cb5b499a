import { version } from "../../package.json";
import type { Command, Context } from "./cli/command.ts";
import { COMMANDS, LISTING } from "./cli/commands.ts";
import { helpOf, overview } from "./cli/help.ts";
import { commandsOf, type Parsed, parse } from "./cli/parse.ts";
import { reportOf } from "./cli/report.ts";
import { EXIT, Failure, usage } from "./failure.ts";
import { isGiven } from "./terminal/given.ts";
import { createOutput, oneLine, READER_GONE, writingProblem } from "./terminal/output.ts";

/** The program `sceau`: runs one command and ends with its code. */

const argv = process.argv.slice(2);
let hasFailed = false;
/** Of help too one may read the beginning. */
let isListing = true;
let isEnding = false;
/** How long a reader has, who does not read, once a signal ends the command. */
const STUCK_MS = 1_000;
const signals = { SIGHUP: EXIT.hungUp, SIGINT: EXIT.interrupted, SIGTERM: EXIT.terminated } as const;

process.stdout.on("error", (error) => fail(writingProblem(error)));
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
  isListing = LISTING.has(command.name);
  await command.run(contextOf(command, parsed));
}

function contextOf(command: Command, { options, args }: Parsed): Context {
  const ending = new AbortController();
  let isHeld = command.endsBySignal ?? false;
  for (const [signal, exit] of Object.entries(signals))
    process.on(signal, () => {
      // The second time, or where nothing has to be put in order, at once.
      if (!isHeld || ending.signal.aborted) process.exit(exit);
      isEnding = true;
      ending.abort(new Failure(exit, "interrupted", "Interrupted."));
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
    async untilSignal(work) {
      isHeld = true;
      const aborted = new Promise<never>((_, reject) => {
        ending.signal.addEventListener("abort", () => reject(ending.signal.reason));
      });
      return Promise.race([work(ending.signal), aborted]).finally(() => {
        isHeld = command.endsBySignal ?? false;
      });
    },
  };
}

/** Once: what could not be written is told by the stream and by whoever wrote. */
function fail(error: unknown): void {
  if (hasFailed) return;
  // A reader who has seen enough is no error: `sceau history … | head`.
  if (isListing && error instanceof Failure && error.code === READER_GONE) process.exit(EXIT.ok);
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
  if (isEnding) setTimeout(() => process.exit(exit), STUCK_MS);
}
