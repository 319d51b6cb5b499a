import type { ServerResponse } from "node:http";

/** Hashes of the inline scripts of each prerendered page ("/en/login"), as the build found them. */
export type ScriptHashes = Readonly<Record<string, readonly string[]>>;

const NOT_FOUND_PAGE = "/_not-found";

/** Trusted Types policies: two of Next's own, and ours for the one worker URL. */
const TRUSTED_TYPES = "nextjs nextjs#bundler sceau#worker";

export interface HeaderOptions {
  readonly hashes: ScriptHashes;
  readonly https: boolean;
  /** Hot reload needs eval, inline scripts and its own socket. */
  readonly dev: boolean;
}

function contentSecurityPolicy(inline: readonly string[], { dev, https }: HeaderOptions): string {
  const scripts = dev ? ["'unsafe-inline'", "'unsafe-eval'"] : inline.map((hash) => `'${hash}'`);
  return [
    "default-src 'none'",
    ["script-src 'self'", ...scripts].join(" "),
    dev ? "style-src 'self' 'unsafe-inline'" : "style-src 'self'",
    "img-src 'self' blob: data:",
    "font-src 'self'",
    "media-src 'self' blob:",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
    ...(dev ? [] : ["require-trusted-types-for 'script'", `trusted-types ${TRUSTED_TYPES}`]),
    ...(https ? ["upgrade-insecure-requests"] : []),
  ].join("; ");
}

/** On every answer, pages, files and API alike; written out once, for a thousand that ask at once. */
export function createSecurityHeaders(
  options: HeaderOptions,
): (response: ServerResponse, page: string) => void {
  const policies = new Map(
    Object.entries(options.hashes).map(([page, inline]) => [page, contentSecurityPolicy(inline, options)]),
  );
  const ofOthers = policies.get(NOT_FOUND_PAGE) ?? contentSecurityPolicy([], options);
  const fixed = Object.entries({
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy":
      "camera=(self), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    ...(options.https && { "Strict-Transport-Security": "max-age=63072000; includeSubDomains" }),
  });
  return (response, page) => {
    response.setHeader("Content-Security-Policy", policies.get(page) ?? ofOthers);
    for (const [name, value] of fixed) response.setHeader(name, value);
  };
}
