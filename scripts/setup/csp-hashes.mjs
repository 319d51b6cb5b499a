import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const INLINE_SCRIPT = /<script\b(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script\s*>/gi;

/**
 * The CSP hashes of the inline scripts in every prerendered page under `folder` (`.next/server/app`), by
 * the page's path: `{ "/en/login": ["sha256-…"] }`. The pages are static, so each has its own short list,
 * and the code that is delivered can be pinned.
 */
export function collectCspHashes(folder) {
  const pages = readdirSync(folder, { recursive: true }).filter((file) => file.endsWith(".html"));
  return Object.fromEntries(pages.sort().map((file) => [pagePath(file), hashes(join(folder, file))]));
}

function pagePath(file) {
  return `/${file.replace(/(^|\/)index\.html$|\.html$/, "")}`;
}

function hashes(file) {
  const scripts = Array.from(readFileSync(file, "utf8").matchAll(INLINE_SCRIPT), ([, script]) => script);
  return [
    ...new Set(scripts.map((script) => `sha256-${createHash("sha256").update(script).digest("base64")}`)),
  ];
}
