import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { Secret, TOTP } from "otpauth";
import { APP_PASSWORD_SHAPE } from "../../protocol/app-password.ts";
import { Failure, usage } from "../failure.ts";
import { readPrivateFile } from "../state/private-files.ts";
import { ask } from "../terminal/ask.ts";
import type { ToldOnce } from "./secrets-out.ts";

const STEP_MS = 30_000;
const STANDARD_INPUT = "-";

/** What a person knows, by whichever way they would rather say it. Files are closed to others, or refused. */
export interface SecretOptions {
  readonly "password-file"?: string | undefined;
  readonly "totp-secret-file"?: string | undefined;
  readonly code?: string | undefined;
}

/**
 * The first line of a file that only its owner can read; "-" is standard input.
 * @param field of what --secrets-out has written, which will do as well
 * @throws Failure
 */
export function readSecretFile(path: string, field?: keyof ToldOnce): string {
  const text = path === STANDARD_INPUT ? readFileSync(0, "utf8") : readPrivateFile(path);
  if (text === null) throw usage(`${path} is not there.`);
  const line = (field && fieldOf(text, field)) ?? text.split(/\r?\n/, 1)[0] ?? "";
  if (line === "") throw usage(`The first line of ${path} is empty.`);
  return line;
}

function fieldOf(text: string, field: keyof ToldOnce): string | null {
  if (!text.startsWith("{")) return null;
  try {
    const value: unknown = JSON.parse(text)[field];
    return typeof value === "string" ? value : null;
  } catch {
    return null;
  }
}

/** What stands for password and code; null where none was given, or one of those by an option. @throws Failure */
export function findAppPassword(
  options: SecretOptions & { readonly "app-password-file"?: string | undefined },
  env: NodeJS.ProcessEnv,
): string | null {
  const file = options["app-password-file"];
  // What is said now counts before what lies in the environment.
  const isOther = options["password-file"] || options["totp-secret-file"] || options.code;
  if (file && isOther) throw usage("--app-password-file stands for password and code: say one or the other.");
  const text = (file ? readSecretFile(file) : isOther ? null : env.SCEAU_APP_PASSWORD)?.trim();
  if (!text) return null;
  if (!APP_PASSWORD_SHAPE.test(text)) throw usage(`${file ?? "SCEAU_APP_PASSWORD"} holds no app password.`);
  return text;
}

/** @throws Failure */
export async function findPassword(options: SecretOptions, env: NodeJS.ProcessEnv): Promise<string> {
  const file = options["password-file"];
  if (file) return readSecretFile(file);
  return env.SCEAU_PASSWORD || ask("Password", false, "--password-file or SCEAU_PASSWORD");
}

/** One that is given can be tried once; one that is made can be made again in the next half minute. */
export interface CodeSource {
  next(): Promise<string>;
  /** Resolves when `next` gives another one; null where it never does. */
  readonly renewed: (() => Promise<void>) | null;
}

/** @throws Failure */
export function findCode(options: SecretOptions): CodeSource {
  const { code } = options;
  const file = options["totp-secret-file"];
  if (code) return { next: async () => code.replace(/[\s-]/g, ""), renewed: null };
  if (!file) {
    const next = async () =>
      (await ask("Code of the authenticator", true, "--code or --totp-secret-file")).replace(/[\s-]/g, "");
    return { next, renewed: null };
  }
  const secret = parseTotpSecret(readSecretFile(file, "totpSecret"), file);
  return {
    next: async () => totpCode(secret),
    renewed: () => sleep(STEP_MS - (Date.now() % STEP_MS) + 500),
  };
}

export function totpCode(secret: string): string {
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate();
}

/** @param text the secret in base32, or the whole otpauth URI. @throws Failure "usage" */
function parseTotpSecret(text: string, file: string): string {
  const secret = text.startsWith("otpauth://") ? new URL(text).searchParams.get("secret") : text;
  const plain = secret?.replace(/[\s=-]/g, "").toUpperCase() ?? "";
  if (!/^[A-Z2-7]{16,}$/.test(plain)) throw usage(`${file} holds no TOTP secret in base32.`);
  return plain;
}

/**
 * Both factors at once. A code counts only once: where the one that was made is refused, it may have been used
 * a moment ago, and the next one is tried.
 */
export async function withCode<T>(
  source: CodeSource,
  use: (code: string) => Promise<T>,
  isRefusal: (error: unknown) => boolean,
  beforeNext: () => Promise<void>,
): Promise<T> {
  try {
    return await use(await source.next());
  } catch (error) {
    if (!source.renewed || error instanceof Failure || !isRefusal(error)) throw error;
    await beforeNext();
    await source.renewed();
    return use(await source.next());
  }
}
