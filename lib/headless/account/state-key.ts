import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { fromBase64url, toBase64url } from "../../base/encoding.ts";
import { EXIT, Failure, usage } from "../failure.ts";
import { createPrivateFile, readPrivateFile } from "../state/private-files.ts";
import { deriveKey, type FileKey, newPassphraseKey, readProtection } from "../state/sealed-file.ts";
import { STATE_FILE } from "../state/state-store.ts";
import { ask } from "../terminal/ask.ts";
import { readSecretFile } from "./secrets.ts";

export const KEY_FILE = "key";

export interface PassphraseOptions {
  readonly "passphrase-file"?: string | undefined;
  readonly "no-passphrase"?: boolean | undefined;
}

const HOW = "--passphrase-file, SCEAU_PASSPHRASE or --no-passphrase";

/** What opens the state that is in this folder. @throws Failure */
export async function openStateKey(
  folder: string,
  options: PassphraseOptions,
  env: NodeJS.ProcessEnv,
): Promise<FileKey> {
  const text = readPrivateFile(join(folder, STATE_FILE), EXIT.state);
  if (text === null) throw new Failure(EXIT.signedOut, "signed-out", `There is no account in ${folder}.`);
  const protection = readProtection(text);
  if (protection.kind === "passphrase")
    return deriveKey(givenPassphrase(options, env) ?? (await ask("Passphrase", false, HOW)), protection);
  const path = join(folder, KEY_FILE);
  const kept = readPrivateFile(path, EXIT.state);
  const key = kept && fromBase64url(kept.trim());
  if (!key) throw new Failure(EXIT.state, "wrong-key-file", `${path} is missing or damaged.`);
  return { protection, key };
}

/** What a new state is sealed with. @throws Failure */
export async function newStateKey(
  folder: string,
  options: PassphraseOptions,
  env: NodeJS.ProcessEnv,
): Promise<FileKey> {
  const given = givenPassphrase(options, env);
  if (given !== null) return newPassphraseKey(given);
  if (options["no-passphrase"]) return makeKeyFile(folder);
  const typed = await ask("Passphrase for what is kept here (empty for a key file beside it)", false, HOW);
  if (typed === "") return makeKeyFile(folder);
  if ((await ask("Once more", false, HOW)) !== typed) throw usage("The two passphrases differ.");
  return newPassphraseKey(typed);
}

function givenPassphrase(options: PassphraseOptions, env: NodeJS.ProcessEnv): string | null {
  if (options["no-passphrase"]) {
    if (!options["passphrase-file"]) return null;
    throw usage("--passphrase-file and --no-passphrase exclude each other.");
  }
  const file = options["passphrase-file"] || env.SCEAU_PASSPHRASE_FILE;
  return file ? readSecretFile(file) : env.SCEAU_PASSPHRASE || null;
}

function makeKeyFile(folder: string): FileKey {
  const path = join(folder, KEY_FILE);
  const kept = readPrivateFile(path, EXIT.state);
  const key = (kept && fromBase64url(kept.trim())) || new Uint8Array(randomBytes(32));
  if (!kept) createPrivateFile(path, `${toBase64url(key)}\n`);
  return { protection: { kind: "key-file" }, key };
}
