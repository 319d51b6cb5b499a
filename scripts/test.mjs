// `npm test [-- files or vitest's options]`: sets up what the tests need, runs them, ends with one line of totals.
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build, generateClient } from "./setup/build.mjs";
import { installPackages, requireNode } from "./setup/packages.mjs";
import { packageProgram, quietEnv, root, run, runCommand, say } from "./setup/run.mjs";
import { offerNodePrograms, requireChromium, requireDatabase } from "./setup/system.mjs";

const args = process.argv.slice(2);
const files = args.filter((arg) => !arg.startsWith("-"));
/** Without files named, everything runs; end-to-end tests live in tests/ and their project is called e2e. */
const wantsBrowser = files.length === 0 || files.some((file) => file.startsWith("tests") || file === "e2e");

await runCommand(async () => {
  requireNode();
  requireDatabase();
  const chromium = wantsBrowser ? requireChromium() : null;
  if (wantsBrowser) offerNodePrograms();
  installPackages();
  if (wantsBrowser) await build();
  generateClient();
  const report = join(root, "node_modules/.cache/test-report.json");
  mkdirSync(join(report, ".."), { recursive: true });
  rmSync(report, { force: true });
  const succeeded = run(
    process.execPath,
    [
      packageProgram("vitest/vitest.mjs"),
      ...["run", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`],
      ...args,
    ],
    { ...quietEnv, ...(chromium && { CHROMIUM_PATH: chromium }) },
  );
  const { passed, failed, skipped } = readTotals(report);
  say(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  return succeeded && passed > 0 && failed === 0;
});

function readTotals(report) {
  if (!existsSync(report)) return { passed: 0, failed: 0, skipped: 0 };
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(
    readFileSync(report, "utf8"),
  );
  // A file that cannot even be loaded has no failed test of its own.
  const broken = testResults.filter(
    ({ status, assertionResults }) =>
      status === "failed" && !assertionResults.some((test) => test.status === "failed"),
  );
  return {
    passed: numPassedTests,
    failed: numFailedTests + broken.length,
    skipped: numPendingTests + numTodoTests,
  };
}
