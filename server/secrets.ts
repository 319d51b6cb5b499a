import { createHash, randomBytes } from "node:crypto";
import { chmodSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Bytes } from "../lib/base/bytes.ts";
import { fromBase64url } from "../lib/base/encoding.ts";
import { BootError } from "./boot-error.ts";
import type { Config } from "./config.ts";

/** A JWT key; the id is a hash of it, so that it needs no bookkeeping while two are in use. */
export interface JwtKey {
  readonly kid: string;
  readonly key: Bytes;
}

export interface VersionedKey {
  readonly version: number;
  readonly key: Bytes;
}

type NonEmpty<T> = readonly [T, ...T[]];

/** Every key is 32 bytes. The first of each list is the current one; the others still verify or open. */
export interface Secrets {
  readonly jwt: NonEmpty<JwtKey>;
  readonly pepper: NonEmpty<VersionedKey>;
  readonly totp: NonEmpty<VersionedKey>;
}

const KEY_BYTES = 32;
/** 32 random bytes hold fewer than 16 distinct values once in 10^14 draws; text and patterns seldom more. */
const MIN_DISTINCT_BYTES = 16;

const NAMES = ["jwt", "pepper", "totp"] as const;
const VARIABLES = { jwt: "JWT_SECRET", pepper: "PASSWORD_PEPPER", totp: "TOTP_KEY" } as const;

const stored = z.strictObject({ jwt: z.string(), pepper: z.string(), totp: z.string() }).partial();

/**
 * The server's own keys: from the environment where given, else from `<data>/secrets.json`, made there
 * (mode 600, in a folder of mode 700) on the first run. File and environment have one notation: keys in
 * base64url, separated by commas, the current one first, each pepper and TOTP key as `version:key`.
 *
 * @throws BootError on a weak or malformed key, a file that others may read, or where one of several nodes would make keys
 * of its own: it would refuse whoever signed in at another, on some requests and not on others
 */
export function loadSecrets(
  config: Pick<Config, "dataFolder" | "givenSecrets"> & Partial<Pick<Config, "redisUrl">>,
): Secrets {
  mkdirSync(config.dataFolder, { recursive: true, mode: 0o700 });
  chmodSync(config.dataFolder, 0o700);
  const file = join(config.dataFolder, "secrets.json");
  const kept = readStored(file);
  const given = config.givenSecrets;
  const missing = NAMES.filter((name) => !given[name] && !kept[name]);
  if (config.redisUrl && missing.length > 0)
    throw new BootError(
      `REDIS_URL is for several nodes, which need the same keys: give ${missing.map((name) => VARIABLES[name]).join(", ")} as well, or the secrets.json of the server you have, as docs/operations.md says.`,
    );
  const made = {
    jwt: given.jwt ?? kept.jwt ?? randomKey(),
    pepper: given.pepper ?? kept.pepper ?? `1:${randomKey()}`,
    totp: given.totp ?? kept.totp ?? `1:${randomKey()}`,
  };
  const secrets: Secrets = {
    jwt: mapKeys(made.jwt, (text) => {
      const key = requireKey(VARIABLES.jwt, text);
      return { kid: createHash("sha256").update(key).digest("base64url").slice(0, 8), key };
    }),
    pepper: mapKeys(made.pepper, (text) => requireVersionedKey(VARIABLES.pepper, text)),
    totp: mapKeys(made.totp, (text) => requireVersionedKey(VARIABLES.totp, text)),
  };
  if (missing.length > 0) {
    const toKeep = Object.fromEntries(NAMES.filter((name) => !given[name]).map((name) => [name, made[name]]));
    writeStored(file, { ...kept, ...toKeep });
  }
  return secrets;
}

function randomKey(): string {
  return randomBytes(KEY_BYTES).toString("base64url");
}

function readStored(file: string): z.infer<typeof stored> {
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found) return {};
  if ((found.mode & 0o077) !== 0) {
    throw new BootError(
      `Others on this machine can read ${file}: replace its keys, or run chmod 600 ${file}.`,
    );
  }
  try {
    return stored.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    throw new BootError(`${file} is damaged: restore it from a backup. New keys would shut everybody out.`);
  }
}

/** Whole or not at all: a torn file would lose the keys it had. */
function writeStored(file: string, content: z.infer<typeof stored>): void {
  const draft = `${file}.new`;
  writeFileSync(draft, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600, flush: true });
  renameSync(draft, file);
}

function mapKeys<T>(list: string, parse: (text: string) => T): NonEmpty<T> {
  const [first = "", ...others] = list.split(",").map((text) => text.trim());
  return [parse(first), ...others.map(parse)];
}

function requireVersionedKey(name: string, text: string): VersionedKey {
  const [, version = "1", key = ""] = /^(?:(\d{1,5}):)?(.*)$/.exec(text) ?? [];
  return { version: Number(version), key: requireKey(name, key) };
}

function requireKey(name: string, text: string): Bytes {
  const key = fromBase64url(text);
  if (key?.length !== KEY_BYTES) {
    throw new BootError(`${name} must be ${KEY_BYTES} random bytes in base64url: ${RECIPE}`);
  }
  if (new Set(key).size < MIN_DISTINCT_BYTES || isReadable(key)) {
    throw new BootError(`${name} is too weak to be random: ${RECIPE}`);
  }
  return key;
}

const RECIPE = "openssl rand -base64 32 | tr '+/' '-_' | tr -d '='";

/** All printable ASCII: somebody encoded a phrase. Chance for random bytes: 95/256 to the 32nd power. */
function isReadable(key: Uint8Array): boolean {
  return key.every((byte) => byte >= 0x20 && byte < 0x7f);
}
