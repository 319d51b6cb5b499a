// `npm test [-- files or vitest's options]`: sets up what the tests need, runs them, ends with one line of totals.
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { delimiter, join, relative } from "node:path";
import { build, generateClient } from "./setup/build.mjs";
import { installPackages, requireNode } from "./setup/packages.mjs";
import { findProgram, packageProgram, quietEnv, root, run, runCommand, say } from "./setup/run.mjs";
import { offerNodePrograms, requireChromium, requireDatabase } from "./setup/system.mjs";

/** More failing files than this are no accident. */
const MOST_ACCIDENTS = 6;
/** In place of a file, for an error outside of every test. */
const OUTSIDE = "the run itself";

const args = process.argv.slice(2);
const files = args.filter((arg) => !arg.startsWith("-"));
const runsEverything = files.length === 0;
/** What needs a built server lives in tests/, what needs a browser too in tests/e2e, but for two. */
const wantsBrowser = runsEverything || files.some((file) => file.startsWith("tests") || file === "e2e");

await runCommand(async () => {
  requireNode();
  requireDatabase();
  const chromium = wantsBrowser ? requireChromium() : null;
  if (wantsBrowser) offerNodePrograms();
  installPackages();
  if (wantsBrowser) await build();
  generateClient();
  const env = { ...quietEnv, ...impatientDatabase(), ...(chromium && { CHROMIUM_PATH: chromium }) };
  const results = runTests(args, env);
  const broken = [...results].filter(([, { failed }]) => failed > 0).map(([file]) => file);
  const mayBeAccident = broken.length > 0 && broken.length <= MOST_ACCIDENTS && !broken.includes(OUTSIDE);
  if (runsEverything && mayBeAccident) {
    // A machine that others use as well loses its way now and then. What is wrong is wrong twice; and the tests of one
    // file are often steps of one story, so that a step alone cannot be taken again.
    say(`\nFailed, and run again one by one: ${broken.join(", ")}\n`);
    const again = runTests([...broken, "--no-file-parallelism", ...args], env);
    for (const file of broken) results.set(file, again.get(file) ?? results.get(file));
    const passed = broken.filter((file) => results.get(file).failed === 0);
    if (passed.length > 0) say(`\nPassed only when run again: ${passed.join(", ")}\n`);
  }
  const sum = (count) => [...results.values()].reduce((total, result) => total + result[count], 0);
  say(`${sum("passed")} passed, ${sum("failed")} failed, ${sum("skipped")} skipped`);
  return sum("passed") > 0 && sum("failed") === 0;
});

/** In place of the system's mariadbd, its own on the way to it: see there. */
function impatientDatabase() {
  const mariadbd = findProgram("mariadbd");
  const PATH = [join(root, "server/testing/programs"), process.env.PATH].join(delimiter);
  return mariadbd && { SCEAU_TEST_MARIADBD: mariadbd, PATH };
}

/** Runs vitest. Returns how many tests passed, failed and were skipped, by file. */
function runTests(args, env) {
  const report = join(root, "node_modules/.cache/test-report.json");
  mkdirSync(join(report, ".."), { recursive: true });
  rmSync(report, { force: true });
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const succeeded = run(
    process.execPath,
    [packageProgram("vitest/vitest.mjs"), "run", ...reporters, ...args],
    env,
  );
  const testResults = existsSync(report) ? JSON.parse(readFileSync(report, "utf8")).testResults : [];
  const results = new Map();
  for (const { name, status, assertionResults } of testResults) {
    const count = (...statuses) => assertionResults.filter((test) => statuses.includes(test.status)).length;
    const failed = count("failed");
    results.set(relative(root, name), {
      passed: count("passed"),
      // A file that cannot even be loaded has no failed test of its own.
      failed: status === "failed" && failed === 0 ? 1 : failed,
      skipped: count("pending", "skipped", "todo", "disabled"),
    });
  }
  const isExplained = succeeded || [...results.values()].some(({ failed }) => failed > 0);
  if (!isExplained) results.set(OUTSIDE, { passed: 0, failed: 1, skipped: 0 });
  return results;
}
