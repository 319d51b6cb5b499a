import { readFileSync } from "node:fs";
import type { Context } from "../cli/command.ts";
import { usage } from "../failure.ts";
import { dropAbandoned } from "../state/abandoned.ts";
import { requirePrivateFolder } from "../state/private-files.ts";
import { createStateStore, removeLeftovers, type StateStore } from "../state/state-store.ts";
import { debug } from "../terminal/debug.ts";
import { chooseAccount, findHome } from "./account-folder.ts";
import { type Client, connect } from "./connect.ts";
import { openStateKey } from "./state-key.ts";

/** The account that is meant, opened with its passphrase; nothing has been asked of the server. @throws Failure */
export async function openAccount(context: Context): Promise<StateStore> {
  const { env } = context;
  const folder = chooseAccount(
    findHome(context.text("home"), env),
    context.text("account") ?? env.SCEAU_ACCOUNT,
  );
  requirePrivateFolder(folder);
  const store = createStateStore(
    folder,
    await openStateKey(folder, context.options, env),
    patienceOf(context),
  );
  store.read();
  await removeLeftovers(folder);
  await dropAbandoned(store);
  return store;
}

/**
 * Runs `work` with the account connected; it is left in order however that ends.
 *
 * @param persistent waits while the server is away, until the command is to end: then there is no work
 */
export async function withClient(
  context: Context,
  work: (client: Client) => Promise<void>,
  persistent = false,
): Promise<void> {
  const store = await openAccount(context);
  debug(`account ${store.folder}`);
  const { signal } = context;
  const client = await connect(store, patienceOf(context), persistent ? signal : undefined).catch((error) => {
    if (persistent && signal.aborted) return null;
    throw error;
  });
  if (!client) return;
  try {
    await work(client);
  } finally {
    client.stop();
  }
}

/** In milliseconds. @throws Failure "usage" */
export function patienceOf(context: Context): number {
  return wholeNumber(context, "timeout", 1, 86_400, 30) * 1000;
}

/** @throws Failure "usage" unless it is a whole number within these bounds */
export function wholeNumber(
  context: Context,
  name: string,
  least: number,
  most: number,
  otherwise: number,
): number {
  const text = context.text(name);
  if (text === undefined) return otherwise;
  const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= least && value <= most))
    throw usage(`--${name} takes a whole number from ${least} to ${most}.`);
  return value;
}

/** @throws Failure "usage" */
export function readCertificates(path: string): string {
  const text = readAnyFile(path);
  if (!text.includes("-----BEGIN CERTIFICATE-----")) throw usage(`${path} holds no certificate in PEM.`);
  return text;
}

function readAnyFile(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw usage(`${path} cannot be read (${(error as NodeJS.ErrnoException).code}).`);
  }
}
