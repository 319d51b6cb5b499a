import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { checkImports } from "./import-rules.mjs";
import { findOffences } from "./source-rules.mjs";

let folder;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "rules-test-"));
});

afterEach(() => rmSync(folder, { recursive: true }));

function write(files) {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, dirname(name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

const DEPENDENCIES = ["react", "next", "zod", "@hpke/core", "mariadb"];
const DEV_DEPENDENCIES = ["fast-check"];

/** A house in small, that keeps every rule. */
const HOUSE = {
  "package.json": JSON.stringify({
    dependencies: Object.fromEntries(DEPENDENCIES.map((name) => [name, "1.0.0"])),
    devDependencies: Object.fromEntries(DEV_DEPENDENCIES.map((name) => [name, "1.0.0"])),
  }),
  ...Object.fromEntries(
    [...DEPENDENCIES, ...DEV_DEPENDENCIES].flatMap((name) => [
      [`node_modules/${name}/package.json`, JSON.stringify({ name, version: "1.0.0", main: "index.js" })],
      [`node_modules/${name}/index.js`, ""],
    ]),
  ),
  "lib/base/bytes.ts": "export type Bytes = Uint8Array;",
  "lib/protocol/layout/sizes.ts": 'import "../../base/bytes.ts";',
  "lib/protocol/errors.ts": 'import "zod"; import "../base/bytes.ts";',
  "lib/crypto/webcrypto.ts": 'import "../base/bytes.ts"; import "../protocol/layout/sizes.ts";',
  "lib/crypto/verify.ts": 'import "./webcrypto.ts";',
  "lib/crypto/sealed-box.ts": 'import "@hpke/core"; import "./webcrypto.ts";',
  "lib/client/model.ts": 'import type { Bytes } from "../base/bytes.ts";',
  "lib/client/keys.ts": 'import "../crypto/sealed-box.ts"; import "../protocol/errors.ts";',
  "lib/client/hooks/use-keys.tsx": 'import "react"; import "../keys.ts"; export const view = <p />;',
  "components/entrance/sign-in.tsx":
    'import "@/lib/client/hooks/use-keys.tsx"; import "@/lib/client/model.ts"; import "react"; export const view = <p />;',
  "server/log.ts": "export const log = 1;",
  "server/database/accounts.ts": 'import "mariadb"; import "../log.ts"; import "../../lib/base/bytes.ts";',
  "server/passwords/worker.ts": 'import "node:worker_threads"; import "../log.ts";',
  "server/services/services.ts":
    'import "../database/accounts.ts"; import "../passwords/worker.ts"; import "../../lib/crypto/verify.ts";',
  "server/http/route.ts":
    'import "../services/services.ts"; import "../../lib/protocol/errors.ts"; import "next";',
  "server/realtime/hub.ts":
    'import type { Services } from "../services/services.ts"; import "../http/route.ts";',
  "server/jobs/expiry.ts": 'import "../services/services.ts";',
  "server/main.ts": 'import "./realtime/hub.ts"; import "./jobs/expiry.ts"; import "./database/accounts.ts";',
  "server/services/services.test.ts": 'import "fast-check"; import "../../lib/crypto/sealed-box.ts";',
  "app/api/me/route.ts": 'import "@/server/http/route.ts"; import "@/lib/protocol/errors.ts";',
  "app/page.tsx":
    'import "@/components/entrance/sign-in.tsx"; import "@/locales/index.ts"; export const view = <p />;',
  "locales/index.ts": "export const words = {};",
};

/** Each adds one import to one file of the house, and breaks the rule named. */
const BREAKS = [
  ["base-imports", "lib/base/bytes.ts", "../protocol/layout/other.ts"],
  ["base-packages", "lib/base/bytes.ts", "zod"],
  ["base-node", "lib/base/bytes.ts", "node:fs"],
  ["crypto-imports", "lib/crypto/verify.ts", "../protocol/errors.ts"],
  ["crypto-packages", "lib/crypto/verify.ts", "zod"],
  ["crypto-node", "lib/crypto/verify.ts", "node:crypto"],
  ["protocol-imports", "lib/protocol/errors.ts", "../crypto/webcrypto.ts"],
  ["protocol-packages", "lib/protocol/errors.ts", "react"],
  ["protocol-node", "lib/protocol/errors.ts", "node:util"],
  ["client-imports", "lib/client/model.ts", "./hooks/use-keys.tsx"],
  ["client-imports", "lib/client/keys.ts", "@/server/log.ts"],
  ["client-packages", "lib/client/keys.ts", "react"],
  ["client-node", "lib/client/keys.ts", "node:events"],
  ["hooks-imports", "lib/client/hooks/use-keys.tsx", "../../crypto/sealed-box.ts"],
  ["hooks-packages", "lib/client/hooks/use-keys.tsx", "next"],
  ["hooks-node", "lib/client/hooks/use-keys.tsx", "node:events"],
  ["components-imports", "components/entrance/sign-in.tsx", "@/lib/client/keys.ts"],
  ["components-imports", "components/entrance/sign-in.tsx", "@/lib/crypto/webcrypto.ts"],
  ["components-node", "components/entrance/sign-in.tsx", "node:path"],
  ["database-imports", "server/database/accounts.ts", "../../lib/protocol/errors.ts"],
  ["passwords-imports", "server/passwords/worker.ts", "../database/accounts.ts"],
  ["services-imports", "server/services/services.ts", "../http/other.ts"],
  ["services-imports", "server/services/services.ts", "../../lib/crypto/webcrypto.ts"],
  ["http-imports", "server/http/route.ts", "../database/accounts.ts"],
  ["realtime-imports", "server/realtime/hub.ts", "../database/accounts.ts"],
  ["jobs-imports", "server/jobs/expiry.ts", "../database/accounts.ts"],
  ["routes-imports", "app/api/me/route.ts", "@/server/services/services.ts"],
  ["pages-imports", "app/page.tsx", "@/server/log.ts"],
  ["locales-imports", "locales/index.ts", "../lib/base/bytes.ts"],
  ["locales-packages", "locales/index.ts", "react"],
  ["locales-node", "locales/index.ts", "node:fs"],
  // Through verify.ts, which services may import: the edge is allowed, what it leads to is not.
  ["server-cannot-decrypt", "lib/crypto/verify.ts", "./sealed-box.ts"],
  ["server-cannot-decrypt", "server/database/accounts.ts", "../../lib/crypto/sealed-box.ts"],
  ["no-cycles", "lib/crypto/webcrypto.ts", "./verify.ts"],
  ["no-test-code", "server/services/services.ts", "./services.test.ts"],
  ["no-main", "server/realtime/hub.ts", "../main.ts"],
  ["no-development-packages", "server/log.ts", "fast-check"],
  ["no-development-packages", "server/log.ts", "ws"],
  ["no-unresolvable", "server/log.ts", "./nowhere.ts"],
];

async function brokenRules() {
  const { summary } = await checkImports(folder);
  return [...new Set(summary.violations.map(({ rule }) => rule.name))];
}

describe("import rules", () => {
  it("accept a house that keeps them", async () => {
    write(HOUSE);
    expect(await brokenRules()).toEqual([]);
  });

  it.each(BREAKS)("%s: %s must not import %s", async (rule, file, target) => {
    write({
      ...HOUSE,
      "lib/protocol/layout/other.ts": "",
      "server/http/other.ts": "",
      "node_modules/ws/package.json": '{"name":"ws","version":"1.0.0","main":"index.js"}',
      "node_modules/ws/index.js": "",
      [file]: `${HOUSE[file]}\nimport type {} from "${target}";`,
    });
    expect(await brokenRules()).toContain(rule);
  });
});

describe("rules about single files", () => {
  it("accept comments, tests and the one door", () => {
    write({
      "lib/crypto/webcrypto.ts": "export const subtle = crypto.subtle;",
      "lib/crypto/webcrypto.test.ts": "crypto.subtle.digest();",
      "lib/crypto/keys.ts": "// crypto.subtle is elsewhere\n/* subtle */ export const a = 1;",
      "server/realtime/hub.ts": 'import type { Services } from "../services/services.ts";',
      "app/long.ts": "a;\n".repeat(400),
    });
    expect(findOffences(folder)).toEqual([]);
  });

  it("name each file and what it breaks", () => {
    write({
      "lib/client/store.ts": "const { subtle } = globalThis.crypto;",
      "lib/crypto/keys.ts": "await crypto.subtle.generateKey();",
      "server/realtime/hub.ts":
        'import { a } from "./a.ts";\nimport {\n  createServices,\n} from "../services/services.ts";',
      "app/long.ts": "a;\n".repeat(401),
    });
    expect(findOffences(folder)).toEqual([
      "app/long.ts: longer than 400 lines",
      "lib/client/store.ts: crypto.subtle is for lib/crypto/webcrypto.ts and server/services/tokens.ts alone",
      "lib/crypto/keys.ts: crypto.subtle is for lib/crypto/webcrypto.ts and server/services/tokens.ts alone",
      "server/realtime/hub.ts: services are handed to the socket server by main.ts; import their types only",
    ]);
  });
});
