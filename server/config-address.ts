import { BlockList, isIP, isIPv6 } from "node:net";
import { hostname } from "node:os";
import { resolve } from "node:path";
import { BootError } from "./boot-error.ts";
import type { Values } from "./config-options.ts";

export type TlsConfig =
  | { readonly kind: "off" }
  | { readonly kind: "files"; readonly certPath: string; readonly keyPath: string }
  | { readonly kind: "generated" };

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

function isLoopback(address: string): boolean {
  return loopback.check(address, isIPv6(address) ? "ipv6" : "ipv4");
}

/** Plain HTTP is for loopback only, which browsers treat as secure, or for a proxy that ends TLS. */
export function requireTls(values: Values): TlsConfig {
  const { address, certPath, keyPath, generateDefaultCert, disableTls } = values;
  if (!certPath !== !keyPath)
    throw new BootError("--cert-path and --key-path are given together or not at all.");
  const chosen = [certPath, generateDefaultCert, disableTls].filter(Boolean).length;
  if (chosen > 1) {
    throw new BootError(
      "Choose one: --cert-path with --key-path, --generate-default-cert, or --disable-tls.",
    );
  }
  if (certPath && keyPath) return { kind: "files", certPath: resolve(certPath), keyPath: resolve(keyPath) };
  if (generateDefaultCert) return { kind: "generated" };
  if (disableTls && values.publicUrl?.protocol !== "https:") {
    throw new BootError(
      "--disable-tls is for a proxy that ends TLS: give its address as --public-url https://…",
    );
  }
  if (!disableTls && !isLoopback(address)) {
    throw new BootError(
      `Listening on ${address} needs TLS: --cert-path with --key-path, --generate-default-cert, or --disable-tls behind a proxy.`,
    );
  }
  return { kind: "off" };
}

export function requirePublicUrl({ publicUrl, address, port, disableTls }: Values, tls: TlsConfig): URL {
  const scheme = tls.kind === "off" && !disableTls ? "http:" : "https:";
  if (publicUrl && publicUrl.protocol !== scheme) {
    throw new BootError(
      scheme === "https:"
        ? "--public-url must begin with https:// when TLS is on."
        : "--public-url begins with https:// but nothing ends TLS: add --disable-tls if a proxy does, or a certificate.",
    );
  }
  if (publicUrl && scheme === "http:" && !isLocalName(publicUrl.hostname)) {
    throw new BootError("--public-url may be plain http:// on localhost only.");
  }
  return publicUrl ?? new URL(`${scheme}//${listenedName(address)}:${port}`);
}

function isLocalName(name: string): boolean {
  const address = name.replace(/^\[|\]$/g, "");
  return name === "localhost" || (isIP(address) !== 0 && isLoopback(address));
}

function listenedName(address: string): string {
  if (isLoopback(address)) return "localhost";
  if (address === "0.0.0.0" || address === "::") return hostname();
  return isIPv6(address) ? `[${address}]` : address;
}
