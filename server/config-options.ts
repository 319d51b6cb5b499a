import { isIP, isIPv6 } from "node:net";
import ipaddr from "ipaddr.js";
import { z } from "zod";

/** Every flag and environment variable: what it is called, what it takes, what it may hold. */

export interface Option {
  readonly flag?: string;
  readonly variables: readonly string[];
  readonly value?: string;
  readonly help: string;
}

export const OPTIONS = {
  address: {
    flag: "address",
    variables: ["SCEAU_ADDRESS"],
    value: "IP",
    help: "address to listen on (127.0.0.1)",
  },
  port: { flag: "port", variables: ["SCEAU_PORT", "PORT"], value: "PORT", help: "port to listen on (8080)" },
  data: {
    flag: "data",
    variables: ["SCEAU_DATA"],
    value: "FOLDER",
    help: "folder of all that is kept (./data)",
  },
  files: {
    flag: "files",
    variables: ["SCEAU_FILES"],
    value: "FOLDER",
    help: "folder of sealed files, which several nodes share (files in the data folder)",
  },
  publicUrl: {
    flag: "public-url",
    variables: ["SCEAU_PUBLIC_URL"],
    value: "URL",
    help: "the address people open, if it is another than the one listened on",
  },
  certPath: {
    flag: "cert-path",
    variables: ["SCEAU_CERT_PATH"],
    value: "FILE",
    help: "TLS certificate chain, PEM",
  },
  keyPath: { flag: "key-path", variables: ["SCEAU_KEY_PATH"], value: "FILE", help: "TLS private key, PEM" },
  generateDefaultCert: {
    flag: "generate-default-cert",
    variables: ["SCEAU_GENERATE_DEFAULT_CERT"],
    help: "make and use a self-signed certificate for this host's names",
  },
  disableTls: {
    flag: "disable-tls",
    variables: ["SCEAU_DISABLE_TLS"],
    help: "a reverse proxy ends TLS; needs --public-url https://… (and TRUSTED_PROXIES to see who connects)",
  },
  debug: { flag: "debug", variables: ["SCEAU_DEBUG"], help: "log more" },
  databaseUrl: {
    variables: ["DATABASE_URL"],
    value: "mysql://USER:PASSWORD@HOST/NAME[?ssl=true|?ssl=CA-FILE]",
    help: "use this MariaDB instead of the private one in the data folder",
  },
  redisUrl: {
    variables: ["REDIS_URL"],
    value: "redis[s]://[USER:PASSWORD@]HOST[:PORT]",
    help: "several nodes on one database tell each other by this Redis; needs DATABASE_URL, and the same keys at all of them",
  },
  databaseMemory: {
    variables: ["SCEAU_DATABASE_MEMORY"],
    value: "MEGABYTES",
    help: "buffer pool of the private MariaDB (256)",
  },
  databaseConnections: {
    variables: ["SCEAU_DATABASE_CONNECTIONS"],
    value: "COUNT",
    help: "connections kept (10)",
  },
  trustedProxies: {
    variables: ["TRUSTED_PROXIES"],
    value: "CIDR,…",
    help: "proxies whose X-Forwarded-For is believed",
  },
  messageRetention: {
    flag: "message-retention",
    variables: ["MESSAGE_RETENTION"],
    value: "TIME",
    help: "messages are deleted after 1h, 30d, 12w or so; 0 keeps them (0)",
  },
  metricsToken: {
    variables: ["METRICS_TOKEN"],
    value: "TOKEN",
    help: "lets Prometheus read /api/metrics by this bearer token: 16 characters or more",
  },
  metricsAllow: {
    variables: ["METRICS_ALLOW"],
    value: "CIDR,…",
    help: "addresses that may read /api/metrics without one",
  },
  jwt: {
    variables: ["JWT_SECRET"],
    value: "KEY[,OLDER-KEY…]",
    help: "signs sessions: 32 random bytes in base64url, here as below",
  },
  pepper: { variables: ["PASSWORD_PEPPER"], value: "[VERSION:]KEY,…", help: "keys the password hashes" },
  totp: { variables: ["TOTP_KEY"], value: "[VERSION:]KEY,…", help: "encrypts the TOTP secrets" },
} as const satisfies Record<string, Option>;

export type Name = keyof typeof OPTIONS;

export const HELP = `Sceau: a team messenger, sealed end to end.

Usage: npm start -- [flags]

${Object.values<Option>(OPTIONS)
  .map(({ flag, variables, value = "", help }) => {
    const title = flag ? `--${flag} ${value}`.trim() : `${variables[0]}=${value}`;
    return `  ${title}\n      ${help}${flag ? ` [${variables.join(", ")}]` : ""}`;
  })
  .join("\n")}
  --help
      this text
`;

const whole = (from: number, to: number) =>
  z
    .string()
    .regex(/^\d{1,6}$/)
    .transform(Number)
    .pipe(z.int().min(from).max(to));

const UNIT_SECONDS = { h: 3_600, d: 86_400, w: 604_800 } as const;
/** To seconds. */
const time = z
  .string()
  .regex(/^(0|[1-9]\d{0,3}[hdw])$/)
  .transform((given) => Number.parseInt(given, 10) * (UNIT_SECONDS[given.at(-1) as "h" | "d" | "w"] ?? 0));

const text = z.string().min(1).optional();
const yesOrNo = z
  .union([
    z.boolean(),
    z.stringbool({ truthy: ["1", "true", "yes", "on"], falsy: ["0", "false", "no", "off"] }),
  ])
  .default(false);

const ranges = z
  .string()
  .transform((list, context) => {
    try {
      return list.split(",").map((range) => canonicalRange(range.trim()));
    } catch {
      context.addIssue("not a range");
      return z.NEVER;
    }
  })
  .default([]);

export const schema = z.object({
  address: z
    .string()
    .transform((address) => (address === "localhost" ? "127.0.0.1" : address))
    .refine((address) => isIP(address) !== 0)
    .default("127.0.0.1"),
  port: whole(1, 65535).default(8080),
  data: z.string().min(1).default("data"),
  files: text,
  publicUrl: z
    .url({ protocol: /^https?$/ })
    .transform((url) => new URL(url))
    .refine((url) => url.href === `${url.origin}/`)
    .optional(),
  certPath: text,
  keyPath: text,
  generateDefaultCert: yesOrNo,
  disableTls: yesOrNo,
  debug: yesOrNo,
  databaseUrl: z
    .url({ protocol: /^(mysql|mariadb)$/ })
    .transform((url) => new URL(url))
    .refine(
      (url) =>
        url.username &&
        /^\/[^/]+$/.test(url.pathname) &&
        [...url.searchParams.keys()].every((key) => key === "ssl"),
    )
    .optional(),
  redisUrl: z
    .url({ protocol: /^rediss?$/ })
    .transform((url) => new URL(url))
    .optional(),
  databaseMemory: whole(16, 262144).default(256),
  databaseConnections: whole(2, 1000).default(10),
  trustedProxies: ranges,
  messageRetention: time.default(0),
  metricsToken: z
    .string()
    .regex(/^[\x21-\x7e]{16,256}$/)
    .optional(),
  metricsAllow: ranges,
  jwt: text,
  pepper: text,
  totp: text,
});

export type Values = z.infer<typeof schema>;

const EXPECTED: Partial<Record<Name, string>> = {
  address: "an IP address or localhost",
  port: "a whole number from 1 to 65535",
  data: "a folder",
  files: "a folder",
  certPath: "a file",
  keyPath: "a file",
  publicUrl: "an http or https address without a path, such as https://chat.example.org",
  databaseUrl:
    "of the form mysql://user:password@host:3306/name, with at most ?ssl=true or ?ssl=/path/to/ca.pem",
  redisUrl: "of the form redis://user:password@host:6379, or rediss:// for TLS",
  databaseMemory: "a whole number of megabytes from 16 to 262144",
  databaseConnections: "a whole number from 2 to 1000",
  messageRetention: "0, or a whole number of hours, days or weeks, such as 36h, 90d or 12w",
  metricsToken: "16 to 256 characters without spaces",
  metricsAllow: "a comma-separated list of addresses or ranges, such as 10.0.0.0/8,::1",
  trustedProxies: "a comma-separated list of addresses or ranges, such as 10.0.0.0/8,::1",
};

/** Never quotes the value: DATABASE_URL and the keys are secrets. */
export function describe(error: z.ZodError): string {
  const name = error.issues[0]?.path[0] as Name;
  const { flag, variables }: Option = OPTIONS[name];
  const title = flag ? `--${flag} (${variables.join(", ")})` : variables[0];
  return `${title} must be ${EXPECTED[name] ?? "1, true, yes or on; or 0, false, no or off"}.`;
}

function canonicalRange(range: string): string {
  if (!range.includes("/")) return canonicalRange(`${range}/${isIPv6(range) ? 128 : 32}`);
  const [address, bits] = ipaddr.parseCIDR(range);
  return `${address.toString()}/${bits}`;
}
