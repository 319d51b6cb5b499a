import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const FOLDERS = ["app", "bench", "components", "lib", "locales", "scripts", "server", "tests"];

/**
 * Holds every import under `baseDir` against .dependency-cruiser.cjs.
 *
 * A program of its own instead of the command line, for two reasons: dependency-cruiser finds the alias `@/` by
 * TypeScript's API, which version 7 does not have, and its swc parser would read .tsx without JSX.
 *
 * @returns {Promise<{ summary: { violations: { from: string, to: string, rule: { name: string } }[] }, text: string }>}
 */
export async function checkImports(baseDir) {
  const require = createRequire(import.meta.url);
  const swc = require("@swc/core");
  const { parseFileSync } = swc;
  swc.parseFileSync = (file, options) => parseFileSync(file, { ...options, tsx: file.endsWith(".tsx") });
  try {
    const { cruise, format } = await import("dependency-cruiser");
    const { forbidden, options } = require("../../.dependency-cruiser.cjs");
    const { output } = await cruise(
      FOLDERS.filter((folder) => existsSync(join(baseDir, folder))),
      { ...options, baseDir, ruleSet: { forbidden }, validate: true, outputType: "json" },
      { alias: { "@": baseDir } },
    );
    const result = JSON.parse(output);
    return { summary: result.summary, text: (await format(result, { outputType: "err-long" })).output };
  } finally {
    swc.parseFileSync = parseFileSync;
  }
}
