import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freshTotpCode } from "../../server/testing/device.ts";
import { startServer } from "../../server/testing/server-process.ts";
import { ask, type Running, start, startReading } from "./cli.ts";

export const PASSWORD = "correct horse battery";

/** What registering wrote down. */
interface Secrets {
  readonly totpSecret: string;
  readonly recoveryCode: string;
}

/** A server, a folder with what commands read, and people who live in it. The first one registered runs the server. */
export async function openHeadlessWorld() {
  const folder = mkdtempSync(join(tmpdir(), "sceau-headless-"));
  const server = await startServer();
  const running: Running[] = [];

  function file(name: string, content: string): string {
    const path = join(folder, name);
    writeFileSync(path, content, { mode: 0o600 });
    return path;
  }

  const secretsOf = (name: string): Secrets => JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8"));
  file("password", `${PASSWORD}\n`);
  const firstRun = ["--first-run-token-file", file("first-run", server.firstRunToken ?? "")];

  return {
    server,
    folder,
    file,
    secretsOf,

    /** @returns the home of the account */
    async register(name: string): Promise<string> {
      const home = join(folder, name);
      const own = [
        "--secrets-out",
        join(folder, `${name}.json`),
        "--password-file",
        join(folder, "password"),
      ];
      const first = firstRun.splice(0);
      await ask(home, "register", "--server", server.origin, name, "--no-passphrase", ...own, ...first);
      // The code that it made by itself is used up.
      await freshTotpCode(secretsOf(name).totpSecret);
      return home;
    },

    /** One that runs on, until the world closes. */
    run(home: string, ...args: string[]): Running {
      const one = startReading(start(home, args));
      running.push(one);
      return one;
    },

    async close(): Promise<void> {
      for (const one of running) await one.end("SIGKILL");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export type HeadlessWorld = Awaited<ReturnType<typeof openHeadlessWorld>>;
