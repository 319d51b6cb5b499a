import { createPrivateKey, X509Certificate } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { isIP } from "node:net";
import { hostname, networkInterfaces } from "node:os";
import { join } from "node:path";
import type { SecureContextOptions } from "node:tls";
import { BootError } from "./boot-error.ts";
import type { Config } from "./config.ts";

const DAY = 86_400_000;
/** Apple's limit for a certificate it is asked to trust by hand is 825 days; public ones had 398. */
const VALID_DAYS = 397;
const RENEW_DAYS = 14;

/**
 * What `https.createServer` needs, or null where TLS is off. Versions 1.2 and 1.3 only.
 *
 * @throws BootError when a file is missing, unreadable, expired, or the two do not belong together.
 */
export async function loadTls(
  config: Pick<Config, "tls" | "dataFolder" | "publicUrl">,
  now: Date = new Date(),
): Promise<SecureContextOptions | null> {
  const { tls } = config;
  if (tls.kind === "off") return null;
  const pair =
    tls.kind === "files"
      ? { cert: readPem(tls.certPath), key: readPem(tls.keyPath) }
      : await loadDefaultPair(join(config.dataFolder, "tls"), hostNames(config.publicUrl), now);
  requirePair(pair, now);
  return { ...pair, minVersion: "TLSv1.2" };
}

interface Pair {
  readonly cert: string;
  readonly key: string;
}

function readPem(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new BootError(`${file} cannot be read (${(error as NodeJS.ErrnoException).code}).`);
  }
}

function requirePair({ cert, key }: Pair, now: Date): void {
  let matches: boolean;
  let expires: Date;
  try {
    const certificate = new X509Certificate(cert);
    matches = certificate.checkPrivateKey(createPrivateKey(key));
    expires = new Date(certificate.validTo);
  } catch {
    throw new BootError("The TLS certificate or its key is not a readable PEM file without a passphrase.");
  }
  if (!matches) throw new BootError("The TLS certificate and the key do not belong together.");
  if (expires <= now)
    throw new BootError(`The TLS certificate expired on ${expires.toISOString().slice(0, 10)}.`);
}

/** Kept while it is valid and names all the host's names, so that browsers are asked to trust it once. */
async function loadDefaultPair(folder: string, names: readonly string[], now: Date): Promise<Pair> {
  const file = join(folder, "default.pem");
  if (existsSync(file) && (statSync(file).mode & 0o077) === 0) {
    const [key = "", cert = ""] = readPem(file).split(/(?=-----BEGIN CERTIFICATE-----)/);
    if (isCurrent(cert, names, now)) return { cert, key };
  }
  const pair = await makePair(names, now);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // One file and a rename: key and certificate change together or not at all.
  writeFileSync(`${file}.new`, pair.key + pair.cert, { mode: 0o600, flush: true });
  renameSync(`${file}.new`, file);
  return pair;
}

function isCurrent(pem: string, names: readonly string[], now: Date): boolean {
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(pem);
  } catch {
    return false;
  }
  const remaining = Date.parse(certificate.validTo) - now.getTime();
  const covers = (name: string) => (isIP(name) ? certificate.checkIP(name) : certificate.checkHost(name));
  return remaining > RENEW_DAYS * DAY && names.every(covers);
}

async function makePair(names: readonly string[], now: Date): Promise<Pair> {
  // Slow to load and rarely needed.
  const { generate } = await import("selfsigned");
  const { cert, private: key } = await generate([{ name: "commonName", value: names[0] ?? "localhost" }], {
    keyType: "ec",
    curve: "P-256",
    algorithm: "sha256",
    notBeforeDate: new Date(now.getTime() - DAY),
    notAfterDate: new Date(now.getTime() + VALID_DAYS * DAY),
    extensions: [
      { name: "basicConstraints", cA: false, critical: true },
      { name: "keyUsage", digitalSignature: true, critical: true },
      { name: "extKeyUsage", serverAuth: true },
      {
        name: "subjectAltName",
        altNames: names.map((name) => (isIP(name) ? { type: 7, ip: name } : { type: 2, value: name })),
      },
    ],
  });
  return { cert: `${cert.trim()}\n`, key: `${key.trim()}\n` };
}

/** The public name first, then localhost, this host's name and its addresses (link-local ones excepted). */
function hostNames(publicUrl: URL): string[] {
  const addresses = Object.values(networkInterfaces())
    .flatMap((entries) => entries ?? [])
    .map(({ address }) => address)
    .filter((address) => !/^fe80:/i.test(address));
  const publicName = publicUrl.hostname.replace(/^\[|\]$/g, "");
  // A host may be called what no certificate can name.
  const names = [publicName, "localhost", hostname()].filter((name) => /^[a-z0-9.:-]+$/i.test(name));
  return [...new Set([...names, "127.0.0.1", "::1", ...addresses])];
}
