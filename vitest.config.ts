import { join } from "node:path";
import { defineConfig } from "vitest/config";

const alias = { "@": join(import.meta.dirname) };
const exclude = ["**/node_modules/**", "server/database/generated/**"];

/**
 * Three kinds of test by what they need: nothing, a real MariaDB, a built server and a real Chromium. Their names' order is
 * that of the run, largest files first: the small ones at the end leave no worker idle for long.
 */
export default defineConfig({
  test: {
    projects: [
      {
        resolve: { alias },
        test: {
          name: "unit",
          include: ["lib/**/*.test.{ts,tsx}", "components/**/*.test.{ts,tsx}", "scripts/**/*.test.mjs"],
          exclude,
          // Each takes back what it changes of the globals: loading everything anew for each file took half of the time.
          isolate: false,
          maxWorkers: 2,
          testTimeout: 20_000,
        },
      },
      {
        resolve: { alias },
        test: {
          name: "service",
          include: ["server/**/*.test.ts", "app/**/*.test.ts"],
          exclude,
          maxWorkers: 2,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        resolve: { alias },
        test: {
          name: "e2e",
          include: ["tests/**/*.test.ts"],
          exclude,
          // Each file starts a server and a browser: a third at a time would make two cores too slow for all of them.
          maxWorkers: 2,
          testTimeout: 240_000,
          hookTimeout: 240_000,
          // What is polled for comes at its own pace on a slow machine.
          expect: { poll: { timeout: 45_000 } },
        },
      },
    ],
  },
});
