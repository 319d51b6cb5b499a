import { join } from "node:path";
import { defineConfig } from "vitest/config";

const alias = { "@": join(import.meta.dirname) };
const exclude = ["**/node_modules/**", "server/database/generated/**"];
const BROWSERS = [
  "tests/e2e/**/*.test.ts",
  "tests/trust/browsers.test.ts",
  "tests/crypto-browser/**/*.test.ts",
];

/** A server under test, and what is polled for, come at their own pace on a slow machine. */
const patience = { testTimeout: 240_000, hookTimeout: 240_000, expect: { poll: { timeout: 45_000 } } };

/**
 * Four kinds of test by what they need: nothing, a real MariaDB, a built server, and a real Chromium in front of it. Two
 * browsers keep two cores busy, and a third would make them too slow for all; what runs in Node waits a third of its time.
 * Within a group the names' order is that of the run, largest files first: small ones at the end leave no worker idle.
 */
export default defineConfig({
  test: {
    projects: [
      {
        resolve: { alias },
        test: {
          name: "e2e",
          include: BROWSERS,
          exclude,
          ...patience,
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        resolve: { alias },
        test: {
          name: "devices",
          include: ["tests/**/*.test.ts"],
          exclude: [...exclude, ...BROWSERS],
          ...patience,
          maxWorkers: 3,
          sequence: { groupOrder: 1 },
        },
      },
      {
        resolve: { alias },
        test: {
          name: "service",
          include: ["server/**/*.test.ts", "app/**/*.test.ts"],
          exclude,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          maxWorkers: 3,
          sequence: { groupOrder: 1 },
        },
      },
      {
        resolve: { alias },
        test: {
          name: "unit",
          include: ["lib/**/*.test.{ts,tsx}", "components/**/*.test.{ts,tsx}", "scripts/**/*.test.mjs"],
          exclude,
          // Each takes back what it changes of the globals: loading everything anew for each file took half of the time.
          isolate: false,
          testTimeout: 20_000,
          maxWorkers: 3,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
