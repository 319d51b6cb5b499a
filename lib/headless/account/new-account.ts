import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createApi } from "../../client/api.ts";
import { createEntrance } from "../../client/entrance.ts";
import type { Entrance } from "../../client/model.ts";
import { AppError } from "../../protocol/errors.ts";
import { ACCOUNT_NAME_SHAPE, LIMITS } from "../../protocol/limits.ts";
import type { Context } from "../cli/command.ts";
import { EXIT, Failure, usage } from "../failure.ts";
import { newAccountState } from "../state/account-state.ts";
import { takeLock } from "../state/file-lock.ts";
import { createState, createStateStore, STATE_FILE, type StateStore } from "../state/state-store.ts";
import { findHome, folderName, isAccountFolder, makeAccountFolder, removeIfEmpty } from "./account-folder.ts";
import { type AccountPlatform, createAccountPlatform } from "./account-platform.ts";
import { explained } from "./connect.ts";
import { openAccount, patienceOf, readCertificates } from "./open-account.ts";
import { findAppPassword, findCode, findPassword, withCode } from "./secrets.ts";
import { KEY_FILE, newStateKey, openStateKey } from "./state-key.ts";

/** The cookie of a session; others come with the first question that a server is asked. */
const SESSION = /-session$/;

/** What a first sign-in makes, and the lock that it holds meanwhile. */
const MADE_FILES = [STATE_FILE, KEY_FILE];
const ARRIVING_FILE = "arriving";

/** A server takes the codes before and after its own too. */
const CLOCK_MS = 60_000;

/** An account at the door: its place on this machine is there, nothing is unlocked. */
export interface Arrival {
  readonly store: StateStore;
  readonly platform: AccountPlatform;
  readonly entrance: Entrance;
  /** Whether this machine has seen it before. */
  readonly isKnown: boolean;
}

/** @throws Failure "usage" */
export function readName(text: string | undefined): string {
  const name = text?.trim().toLowerCase() ?? "";
  const { min, max } = LIMITS.accountNameChars;
  if (!ACCOUNT_NAME_SHAPE.test(name) || name.length < min || name.length > max)
    throw usage(
      "A sign-in name has 2 to 32 letters a to z and digits, with dots, dashes and underscores between.",
    );
  return name;
}

/** Nothing secret travels in plain, except to this very machine. @throws Failure "usage" */
export function readOrigin(context: Context): string {
  const text = context.text("server") ?? context.env.SCEAU_SERVER;
  if (!text) throw usage("Which server? Say --server https://chat.example.org or set SCEAU_SERVER.");
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !["http:", "https:"].includes(url.protocol)) throw usage(`${text} is no address of a server.`);
  const isHere = ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
  if (url.protocol === "http:" && !isHere)
    throw usage(`${url.origin} would be reached without TLS: say https.`);
  if (url.pathname !== "/" || url.search || url.hash || url.username)
    throw usage(`${text} is more than the address of a server: say ${url.origin}.`);
  return url.origin;
}

/**
 * Runs `work` for an account of this name, whose folder is made if it is not there. What was made goes again when that fails
 * before anybody is signed in; what else lies in the folder stays.
 */
export async function arrive<T>(
  context: Context,
  name: string,
  origin: string,
  work: (arrival: Arrival) => Promise<T>,
): Promise<T> {
  const { env, options } = context;
  const certificates = findCertificates(context, origin);
  const patience = patienceOf(context);
  const folder = makeAccountFolder(findHome(context.text("home"), env), folderName(name, origin));
  // One at a time: another one would use what is taken away when this one fails.
  const release = await takeLock(join(folder, ARRIVING_FILE), patience);
  if (!release)
    throw new Failure(EXIT.waiting, "busy", `Another process signs ${name} in here for the first time.`);
  if (isAccountFolder(folder)) {
    release();
    const store = createStateStore(folder, await openStateKey(folder, options, env), patience);
    return enter(context, { store, certificates, isKnown: true }, work);
  }
  const made = MADE_FILES.map((file) => join(folder, file)).filter((path) => !existsSync(path));
  let store: StateStore | null = null;
  try {
    const state = newAccountState({ origin, name, certificates }, Date.now());
    store = createState(folder, await newStateKey(folder, options, env), state, patience);
    return await enter(context, { store, certificates, isKnown: false }, work);
  } catch (error) {
    const isSignedIn = store !== null && Object.keys(store.read().cookies).some((it) => SESSION.test(it));
    if (!isSignedIn) for (const path of made) rmSync(path, { force: true });
    throw error;
  } finally {
    release();
    removeIfEmpty(folder);
  }
}

/** As `arrive`; without a name, for the account that is here. */
export async function arriveAgain(
  context: Context,
  work: (arrival: Arrival) => Promise<void>,
): Promise<void> {
  if (context.args.length > 0) return arrive(context, readName(context.args[0]), readOrigin(context), work);
  const store = await openAccount(context);
  const certificates = findCertificates(context, store.read().origin);
  await enter(context, { store, certificates, isKnown: true }, work);
}

async function enter<T>(
  context: Context,
  { store, certificates, isKnown }: Pick<Arrival, "store" | "isKnown"> & { certificates: string | null },
  work: (arrival: Arrival) => Promise<T>,
): Promise<T> {
  if (certificates) await store.update((state) => Object.assign(state, { certificates }));
  const platform = createAccountPlatform(store, patienceOf(context), context.text("device-name"));
  try {
    return await work({ store, platform, entrance: createEntrance(platform), isKnown });
  } catch (error) {
    throw explained(error, platform);
  }
}

/** @throws Failure "usage" */
function findCertificates(context: Context, origin: string): string | null {
  const file = context.text("ca-file");
  const certificates = file ? readCertificates(file) : null;
  if (certificates && origin.startsWith("http:")) throw usage("--ca-file is for https.");
  return certificates;
}

/** With password and code or with an app password, wherever those come from. @throws AppError, Failure */
export async function signIn(context: Context, { entrance, platform, store }: Arrival): Promise<void> {
  const { name } = store.read();
  const appPassword = findAppPassword(context.options, context.env);
  if (appPassword !== null) {
    const body = { name, appPassword };
    return createApi(platform).send("POST", "/api/sign-in/app-password", body).catch(explainAppPassword);
  }
  const password = await findPassword(context.options, context.env);
  await withCode(
    findCode(context.options),
    async (code) => {
      const { challenge } = await entrance.startSignIn({ name, password });
      await entrance.confirmSignIn({ challenge, code });
    },
    isWrong,
    () => beforeNextCode(context, platform),
  );
}

function explainAppPassword(error: unknown): never {
  if (!isWrong(error)) throw error;
  throw new Failure(
    EXIT.refused,
    "bad-credentials",
    "The name or the app password is wrong, or that was removed.",
  );
}

export function isWrong(error: unknown): boolean {
  return error instanceof AppError && error.code === "bad-credentials";
}

/** Codes are made by the time: where that is wrong, the next one is no better. @throws Failure "wrong-clock" */
export async function beforeNextCode(
  { out }: Context,
  platform: Pick<AccountPlatform, "fetch">,
): Promise<void> {
  const { headers } = await platform.fetch("/api/health");
  const ahead = Date.now() - Date.parse(headers.get("date") ?? "");
  if (Math.abs(ahead) > CLOCK_MS) {
    const difference = `${Math.round(Math.abs(ahead) / 60_000)} min ${ahead > 0 ? "ahead of" : "behind"} the server's`;
    const message = `Refused. The clock of this machine is ${difference}, and codes are made by the time: set it.`;
    throw new Failure(EXIT.refused, "wrong-clock", message);
  }
  out.note("Refused. A code counts once, and this one may have been used: trying the next one …");
}
