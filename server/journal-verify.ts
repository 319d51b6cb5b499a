import type { JournalFault } from "../lib/protocol/http/admin/journal.ts";
import { BootError } from "./boot-error.ts";
import { type Config, parseConfig } from "./config.ts";
import { openPool } from "./database/connection.ts";
import { startEmbeddedDatabase } from "./database/embedded/embedded-database.ts";
import { createJournalChain } from "./database/journal-chain.ts";
import { createLog } from "./log.ts";
import { checkpointOf, parseCheckpoint } from "./services/journal-checkpoint.ts";
import { verifyJournal } from "./services/journal-verification.ts";

/** `npm run journal:verify`: follows the journal's chain without the server, on its folder or a copy of it. */

const EXIT = { whole: 0, broken: 1, usage: 2, unreadable: 3 } as const;
const HELP = `Checks that nobody changed, removed or added entries of the journal.

Usage: npm run journal:verify -- [--expect NUMBER:HASH] [the flags of npm start, as --data FOLDER]

  --expect NUMBER:HASH  the checkpoint that an earlier run printed: what it names must still be there, and the same
  --help                this text

The private database is started for it, so the server must be stopped, or --data be a copy of its folder; with DATABASE_URL it
may run. Exit codes: 0 whole, 1 broken, 2 wrong flags, 3 the journal cannot be read.
`;

const range = ({ id, to = id }: JournalFault): string => (to > id ? `${id} to ${to}` : String(id));
const SENTENCES: Readonly<Record<JournalFault["kind"], (fault: JournalFault) => string>> = {
  changed: ({ id }) => `Entry ${id} does not follow from the one before it: one of the two was changed.`,
  missing: (fault) => `Missing: ${range(fault)}.`,
  moved: ({ id, to }) => `Entry ${to} stands in the place of entry ${id}.`,
  added: (fault) => `After the end, not written by the server: ${range(fault)}.`,
  truncated: (fault) => `The end is cut off, missing: ${range(fault)}.`,
  head: ({ id }) => `The head names another entry ${id} than the one that is there.`,
  erased: (fault) => `Addresses gone, and not by the server: ${range(fault)}.`,
  checkpoint: ({ id }) => `Entry ${id} is not the one that the checkpoint names.`,
};

process.exitCode = await run(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${(error as Error).message}\n`);
  return EXIT.unreadable;
});

async function run(args: string[]): Promise<number> {
  if (args.includes("--help")) {
    process.stdout.write(HELP);
    return EXIT.whole;
  }
  const at = args.indexOf("--expect");
  const [, given] = at === -1 ? [] : args.splice(at, 2);
  let config: Config | null;
  let expected: ReturnType<typeof parseCheckpoint> | null = null;
  try {
    if (at !== -1) expected = parseCheckpoint(given ?? "");
    config = parseConfig(args, process.env);
  } catch (error) {
    const said =
      error instanceof BootError ? error.message : "--expect takes NUMBER:HASH, as printed before.";
    process.stderr.write(`${said}\n`);
    return EXIT.usage;
  }
  return config ? verify(config, expected) : EXIT.whole;
}

async function verify(config: Config, expected: ReturnType<typeof parseCheckpoint> | null): Promise<number> {
  const log = createLog(config, process.stderr);
  const { database, dataFolder } = config;
  const embedded =
    database.kind === "embedded"
      ? await startEmbeddedDatabase({ dataFolder, bufferPoolMegabytes: database.bufferPoolMegabytes, log })
      : null;
  const pool = openPool(embedded ?? (database as Extract<typeof database, { kind: "external" }>).url, 2);
  try {
    const steps = verifyJournal(createJournalChain(pool), expected);
    let step = await steps.next();
    for (; !step.done; step = await steps.next())
      if (process.stderr.isTTY) process.stderr.write(`\r${step.value.checked} of ${step.value.total}`);
    if (process.stderr.isTTY) process.stderr.write("\r\u001b[K");
    const { entries, head, erased, unproved, removed, faults, more } = step.value;
    const said = [
      ...faults.map((fault) => SENTENCES[fault.kind](fault)),
      ...(more > 0 ? [`And ${more} more.`] : []),
      faults.length === 0
        ? `The journal is whole: ${entries} entries.`
        : `The journal is broken: ${entries} entries.`,
      ...(erased > 0 ? [`Addresses erased at their time: ${erased}.`] : []),
      ...(unproved > 0 ? [`Of those, too old to be computed anew: ${unproved}.`] : []),
      ...(removed > 0 ? [`Removed at their time: entries 1 to ${removed}.`] : []),
      ...(head ? [`Checkpoint: ${checkpointOf(head)}`] : []),
    ];
    process.stdout.write(`${said.join("\n")}\n`);
    return faults.length === 0 ? EXIT.whole : EXIT.broken;
  } finally {
    await pool.end();
    await embedded?.stop();
  }
}
