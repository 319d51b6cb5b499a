import { spawn } from "node:child_process";
import { join } from "node:path";
import type { ServerProcess } from "../../../server/testing/server-process.ts";

const ROOT = join(import.meta.dirname, "..", "..", "..");

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly said: string;
}

/** `npm run admin`, as built, on the data folder of a server that runs. */
export function adminCommand({ dataFolder }: ServerProcess, ...args: string[]): Promise<Ended> {
  const child = spawn(process.execPath, ["dist/admin.mjs", ...args, "--data", dataFolder], {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: "production" },
  });
  const result = { out: "", said: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    result.out += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    result.said += text;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, ...result }));
  });
}
