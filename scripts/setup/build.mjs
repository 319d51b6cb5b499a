import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { collectCspHashes } from "./csp-hashes.mjs";
import { fingerprint } from "./fingerprint.mjs";
import { makeScriptsLate } from "./late-scripts.mjs";
import { packageProgram, quietEnv, requireSuccess, root, say } from "./run.mjs";

const SCHEMA = ["prisma/schema.prisma", "prisma.config.ts", "package-lock.json"];
const SOURCES = [
  ...["app", "components", "lib", "locales", "prisma", "public", "server", "scripts/setup"],
  ...["next.config.mjs", "postcss.config.mjs", "tsconfig.json", "package.json", "package-lock.json"],
];

/** What runs beside Next, bundled: our own code only, packages stay in node_modules. */
const BUNDLES = {
  server: "server/main.ts",
  admin: "server/admin.ts",
  "journal-verify": "server/journal-verify.ts",
  "password-worker": "server/passwords/worker.ts",
  sceau: "lib/headless/main.ts",
};

/** Prisma's client, unless it was generated from this very schema. */
export function generateClient() {
  const stamp = join(root, "server/database/generated/.fingerprint");
  const wanted = fingerprint(SCHEMA);
  if (readStamp(stamp) === wanted) return;
  requireSuccess("Generating the database client", process.execPath, [
    packageProgram("prisma/build/index.js"),
    "generate",
  ]);
  writeFileSync(stamp, wanted);
}

/** Everything that `node dist/server.mjs` needs, unless it was built from these very sources. */
export async function build() {
  const stamp = join(root, "dist/fingerprint");
  const wanted = fingerprint(SOURCES);
  if (readStamp(stamp) === wanted && existsSync(join(root, ".next/BUILD_ID"))) return;
  say("Building (once, and after a change) …");
  rmSync(join(root, "dist"), { recursive: true, force: true });
  mkdirSync(join(root, "dist"));
  generateClient();
  requireSuccess(
    "Building the pages",
    process.execPath,
    // Under Trusted Types, chunks that Turbopack loads lazily are refused; webpack's are not.
    [packageProgram("next/dist/bin/next"), "build", "--webpack"],
    { ...quietEnv, NODE_ENV: "production" },
  );
  await bundlePrograms();
  const pages = join(root, ".next/server/app");
  for (const locale of ["en", "fr"]) makeScriptsLate(join(pages, locale));
  const hashes = collectCspHashes(pages);
  writeFileSync(join(root, "dist/csp-hashes.json"), `${JSON.stringify(hashes, null, 2)}\n`);
  writeFileSync(stamp, wanted);
}

async function bundlePrograms() {
  const esbuild = await import("esbuild");
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: BUNDLES,
    outdir: "dist",
    outExtension: { ".js": ".mjs" },
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm",
    target: "node20",
    sourcemap: "external",
    logLevel: "warning",
  });
}

function readStamp(file) {
  return existsSync(file) ? readFileSync(file, "utf8") : null;
}
