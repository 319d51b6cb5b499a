import { existsSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { AppError } from "../lib/protocol/errors.ts";
import { BootError } from "./boot-error.ts";
import { type Answer, UsageError } from "./commands/command.ts";
import { type Call, COMMAND_LINES, readCall, runCall } from "./commands/run.ts";
import { type Config, parseConfig } from "./config.ts";
import { type DatabaseTarget, openPool } from "./database/connection.ts";
import { openDatabase } from "./database/database.ts";
import { startEmbeddedDatabase } from "./database/embedded/embedded-database.ts";
import { readLogin } from "./database/embedded/login-file.ts";
import { createFileStore } from "./files/file-store.ts";
import { createLog, type Log } from "./log.ts";
import { loadSecrets } from "./secrets.ts";
import { createServerMetrics } from "./server-metrics.ts";
import { createServices } from "./services/services.ts";

/** `npm run admin`: what the administration does, without it and without signing in. */

const EXIT = { done: 0, refused: 1, usage: 2, unreachable: 3 } as const;
const CONNECTIONS = 3;
const HELP = `What the administration does, for when its page is out of reach. Whoever may read the data folder may do all of it.

Usage: npm run admin -- COMMAND [WORDS] [--json] [the flags of npm start, as --data FOLDER]

${COMMAND_LINES}

The server may run or not: with its private database running, the command uses that one, else it starts it for itself. A running
server follows within five seconds, and closes sockets of ended sessions within thirty. --json prints for programs.
Everything is in the journal, as done by the command line.
Exit codes: 0 done, 1 refused (the reason on standard error), 2 wrong words or flags, 3 the database cannot be reached.
`;

process.exitCode = await run(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${(error as Error).message}\n`);
  return EXIT.unreachable;
});

async function run(args: string[]): Promise<number> {
  if (args.includes("--help") || args.length === 0) {
    process.stdout.write(HELP);
    return args.length === 0 ? EXIT.usage : EXIT.done;
  }
  let call: Call;
  let config: Config | null;
  try {
    call = readCall(args);
    config = parseConfig(call.rest, process.env);
  } catch (error) {
    return refuse(error, BootError);
  }
  if (!config) return EXIT.usage;
  return act(call, config).catch((error) => refuse(error, UsageError));
}

/** @param usage which errors say that something was typed wrong; others than those of services are for the caller */
function refuse(error: unknown, usage: typeof BootError | typeof UsageError): number {
  const isUsage = error instanceof UsageError || error instanceof usage;
  if (!isUsage && !(error instanceof AppError)) throw error;
  const code = error instanceof AppError && error.code !== error.message ? `${error.code}: ` : "";
  process.stderr.write(`${code}${error.message}\n`);
  // What was typed can never be done.
  const isBad = error instanceof AppError && error.code === "bad-request";
  return isUsage || isBad ? EXIT.usage : EXIT.refused;
}

async function act(call: Call, config: Config): Promise<number> {
  const log = createLog(config, process.stderr);
  log.level = config.debug ? "debug" : "warn";
  const { target, release } = await reach(config, log);
  const database = openDatabase(target, CONNECTIONS);
  const services = createServices({
    database,
    fileStore: createFileStore(config.filesFolder),
    secrets: loadSecrets(config),
    publicUrl: config.publicUrl,
    version: config.version,
    messageRetention: config.messageRetention,
    metrics: createServerMetrics(),
    metricsAccess: config.metrics,
    // Nodes look for themselves: policies and rules every five seconds, sessions every two.
    publish: () => {},
    connected: () => ({ people: 0, sockets: 0 }),
    isLinked: () => null,
    disk: async () => null,
    filesDisk: async () => null,
    log,
    clock: Date.now,
  });
  try {
    await services.policies.refresh();
    await print(await runCall(call, { services, publicUrl: config.publicUrl }), call.json);
    return EXIT.done;
  } finally {
    await services.close();
    await database.close();
    await release();
  }
}

/** Whoever has read enough, as `head`, closes the pipe: that is the end, and no error. */
async function print(answer: Answer, json: boolean): Promise<void> {
  const parts = "text" in answer ? [`${json ? JSON.stringify(answer.json) : answer.text}\n`] : answer;
  process.stdout.on("error", () => {});
  await pipeline(Readable.from(parts), process.stdout, { end: false }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
    },
  );
}

/** The database that runs, or one that runs for this command. */
async function reach(
  { database, dataFolder }: Config,
  log: Log,
): Promise<{ target: DatabaseTarget; release: () => Promise<void> }> {
  const nothing = async (): Promise<void> => {};
  if (database.kind === "external") return { target: database.url, release: nothing };
  const running = readLogin(dataFolder);
  if (running && (await answers(running))) return { target: running, release: nothing };
  if (!existsSync(join(dataFolder, "mariadb")))
    throw new BootError(`No server has run on ${dataFolder} yet: name its folder by --data.`);
  const { bufferPoolMegabytes } = database;
  const embedded = await startEmbeddedDatabase({ dataFolder, bufferPoolMegabytes, log });
  return { target: embedded, release: () => embedded.stop() };
}

/** A server that was killed leaves its file behind. */
async function answers(target: DatabaseTarget): Promise<boolean> {
  const pool = openPool(target, 1);
  try {
    await pool.query("SELECT 1");
    return true;
  } catch {
    return false;
  } finally {
    await pool.end();
  }
}
