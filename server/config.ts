import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { BootError } from "./boot-error.ts";
import { requirePublicUrl, requireTls, type TlsConfig } from "./config-address.ts";
import { describe, HELP, type Name, OPTIONS, type Option, schema, type Values } from "./config-options.ts";

export type DatabaseConfig =
  | { readonly kind: "embedded"; readonly bufferPoolMegabytes: number }
  | { readonly kind: "external"; readonly url: URL };

/** Everything the environment and the flags say, checked: the rest of the server reads neither. */
export interface Config {
  /** The project's folder, of the sources as of `dist/`. */
  readonly root: string;
  readonly version: string;
  readonly dev: boolean;
  readonly debug: boolean;
  /** The IP address to listen on. */
  readonly address: string;
  readonly port: number;
  /** Absolute. */
  readonly dataFolder: string;
  /** Of sealed files; absolute, as above. */
  readonly filesFolder: string;
  /** The origin browsers use; its pathname is always "/". */
  readonly publicUrl: URL;
  readonly tls: TlsConfig;
  /** Canonical CIDR ranges whose X-Forwarded-For is believed. */
  readonly trustedProxies: readonly string[];
  readonly database: DatabaseConfig;
  readonly databaseConnections: number;
  /** By which several nodes of one database tell each other; null for one node. */
  readonly redisUrl: URL | null;
  /** How long messages are kept at most, in seconds; 0 without end. */
  readonly messageRetention: number;
  /** Who may read /api/metrics: by a token, or from canonical CIDR ranges. */
  readonly metrics: { readonly token?: string; readonly allow: readonly string[] };
  /** Keys given by environment instead of the data folder, unchecked here: see secrets.ts. */
  readonly givenSecrets: { readonly [Name in "jwt" | "pepper" | "totp"]?: string };
}

/** The flags and environment of this process. Ends it with 0 after --help, with 2 after a wrong value. */
export function loadConfig(): Config {
  try {
    const config = parseConfig(process.argv.slice(2), process.env);
    if (config) return config;
    process.stdout.write(HELP);
    process.exit(0);
  } catch (error) {
    if (!(error instanceof BootError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(2);
  }
}

/**
 * @returns null when help was asked for.
 * @throws BootError on any unknown flag, wrong value or contradiction.
 */
export function parseConfig(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Config | null {
  const flags = parseFlags(args);
  if (flags.help) return null;
  const raw: Partial<Record<Name, unknown>> = {};
  for (const [name, { flag, variables }] of Object.entries<Option>(OPTIONS)) {
    // An empty variable means unset, as compose files write it.
    raw[name as Name] = (flag && flags[flag]) ?? variables.map((variable) => env[variable]).find(Boolean);
  }
  const parsed = schema.safeParse(raw);
  if (!parsed.success) throw new BootError(describe(parsed.error));
  const values = parsed.data;
  const root = join(import.meta.dirname, "..");
  const tls = requireTls(values);
  return Object.freeze<Config>({
    root,
    version: z
      .object({ version: z.string() })
      .parse(JSON.parse(readFileSync(join(root, "package.json"), "utf8"))).version,
    dev: flags.dev === true,
    debug: values.debug,
    address: values.address,
    port: values.port,
    dataFolder: resolve(values.data),
    filesFolder: resolve(values.files ?? join(values.data, "files")),
    publicUrl: requirePublicUrl(values, tls),
    tls,
    trustedProxies: values.trustedProxies,
    database: values.databaseUrl
      ? { kind: "external", url: values.databaseUrl }
      : { kind: "embedded", bufferPoolMegabytes: values.databaseMemory },
    databaseConnections: values.databaseConnections,
    redisUrl: requireSharedDatabase(values),
    messageRetention: values.messageRetention,
    metrics: { ...(values.metricsToken && { token: values.metricsToken }), allow: values.metricsAllow },
    givenSecrets: {
      ...(values.jwt && { jwt: values.jwt }),
      ...(values.pepper && { pepper: values.pepper }),
      ...(values.totp && { totp: values.totp }),
    },
  });
}

/** @throws BootError where nodes would each have a database of their own. */
function requireSharedDatabase({ redisUrl, databaseUrl }: Values): URL | null {
  if (redisUrl && !databaseUrl)
    throw new BootError("REDIS_URL is for several nodes of one database: give it as DATABASE_URL.");
  return redisUrl ?? null;
}

function parseFlags(args: readonly string[]): Record<string, string | boolean | undefined> {
  const options: Record<string, { type: "string" | "boolean" }> = {
    help: { type: "boolean" },
    dev: { type: "boolean" },
  };
  for (const { flag, value } of Object.values<Option>(OPTIONS)) {
    if (flag) options[flag] = { type: value ? "string" : "boolean" };
  }
  try {
    return parseArgs({ args: [...args], options, strict: true }).values as Record<
      string,
      string | boolean | undefined
    >;
  } catch (error) {
    const [sentence] = (error as Error).message.split(/\.\s|\n/);
    throw new BootError(`${sentence}: see --help.`);
  }
}
