import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ServerProcess, startServer } from "../../server/testing/server-process.ts";
import { type Answer, send } from "./support/http.ts";

let server: ServerProcess;

beforeAll(async () => {
  server = await startServer();
});

afterAll(() => server?.dispose());

const EVERYWHERE = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
};

const directives = ({ headers }: Answer) =>
  new Map(
    String(headers["content-security-policy"])
      .split("; ")
      .map((text) => text.split(" "))
      .map(([name = "", ...values]) => [name, values]),
  );

async function ask(path: string, language = "en"): Promise<Answer> {
  return send(server, "GET", path, { headers: { "accept-language": language } });
}

const PAGES = ["/", "/login", "/register", "/recover", "/keys"];
const FILES = ["/manifest.webmanifest", "/_next/static/none.js"];
const ANSWERS = [
  ...PAGES,
  ...FILES,
  "/nope",
  "/api/me",
  "/api/nope",
  "/api/health",
  "/api/auth/csrf",
  "/%",
  "//x",
];

describe.each(ANSWERS)("%s", (path) => {
  test("has every header, and none that tells of the software", async () => {
    const answer = await ask(path);
    expect(answer.headers).toMatchObject(EVERYWHERE);
    expect(answer.headers).toHaveProperty("permissions-policy");
    for (const name of [
      "x-powered-by",
      "server",
      "strict-transport-security",
      "access-control-allow-origin",
    ]) {
      expect(answer.headers).not.toHaveProperty(name);
    }
  });

  test("lets nothing run, load or frame that is not ours", async () => {
    const policy = directives(await ask(path));
    expect(policy.get("default-src")).toEqual(["'none'"]);
    for (const [name, values] of [
      ["object-src", "'none'"],
      ["base-uri", "'none'"],
      ["frame-ancestors", "'none'"],
      ["require-trusted-types-for", "'script'"],
      ["connect-src", "'self'"],
      ["style-src", "'self'"],
      ["form-action", "'self'"],
    ] as const) {
      expect([name, policy.get(name)]).toEqual([name, [values]]);
    }
    for (const source of policy.get("script-src") ?? [])
      expect(source).toMatch(/^'(self|sha256-[\w+/]{43}=)'$/);
    expect([...policy.values()].flat().join(" ")).not.toMatch(/unsafe-|\*|https?:/);
  });
});

describe.each(PAGES.flatMap((page) => [[page, "en"] as const, [page, "fr"] as const]))(
  "%s in %s",
  (path, language) => {
    test("names the hash of each script in it, and has no inline style or handler", async () => {
      const answer = await ask(path, language);
      expect(answer.status).toBe(200);
      expect(answer.body).toContain(`<html lang="${language}"`);
      const inline = [...answer.body.matchAll(/<script\b(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)];
      expect(inline.length).toBeGreaterThan(0);
      const allowed = directives(answer).get("script-src") ?? [];
      for (const [, script = ""] of inline) {
        expect(allowed).toContain(`'sha256-${createHash("sha256").update(script).digest("base64")}'`);
      }
      expect(answer.body).not.toMatch(/\son\w+=["']|<style/i);
      expect(answer.headers["cache-control"]).toBe("private, no-cache");
    });
  },
);

test.each(["/api/me", "/api/health", "/api/nope", "/api/auth/csrf", "/api/auth/session", "/api/auth/none"])(
  "%s is kept by no cache",
  async (path) => {
    expect((await ask(path)).headers["cache-control"]).toContain("no-store");
  },
);

test.each([
  "/server/main.ts",
  "/package.json",
  "/.next/BUILD_ID",
  "/dist/server.mjs",
  "/.env",
  "/gallery",
  "/data/secrets.json",
  "/_next/static/../../package.json",
  "/_next/static/%2e%2e/%2e%2e/package.json",
])("%s is not served", async (path) => {
  const { status, body } = await ask(path);
  expect([308, 404]).toContain(status);
  expect(body).not.toMatch(/"dependencies"|"jwt"/);
});

test("no source map of the pages is served", async () => {
  const { body } = await ask("/login");
  const scripts = [...body.matchAll(/src="(\/_next\/static\/[^"]+\.js)"/g)].map(([, path = ""]) => path);
  expect(scripts.length).toBeGreaterThan(0);
  for (const path of scripts) {
    const script = await ask(path);
    expect(script.status).toBe(200);
    expect(script.headers["content-type"]).toMatch(/^application\/javascript/);
    expect(script.body).not.toContain("sourceMappingURL=");
    expect((await ask(`${path}.map`)).status).toBe(404);
  }
});
