import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { finished } from "node:stream/promises";
import { BootError } from "../../boot-error.ts";
import { endingWithUs } from "./ending-with-us.ts";
import { type Programs, requireSystemTables } from "./programs.ts";
import { asRoot, temporaryFolder } from "./server-arguments.ts";

/** Nobody can log in until the init file of a start makes the one account there is. */
const NO_ACCOUNTS = "DELETE FROM global_priv WHERE User <> 'mariadb.sys';\nDELETE FROM proxies_priv;\n";

/**
 * Makes MariaDB's own tables in `folder`, unless it exists, and its place for temporary ones. The former are made beside it and renamed into place,
 * so that a kill half-way leaves nothing but rubbish, removed by the next call. The caller holds the lock.
 *
 * @throws BootError when mariadbd fails; its last words are in the message.
 */
export async function bootstrapDatabase(programs: Programs, folder: string): Promise<void> {
  const draftPrefix = `${basename(folder)}.new-`;
  for (const name of readdirSync(dirname(folder))) {
    if (name.startsWith(draftPrefix))
      rmSync(join(dirname(folder), name), { recursive: true, force: true, maxRetries: 5 });
  }
  mkdirSync(temporaryFolder(folder), { recursive: true, mode: 0o700 });
  if (existsSync(folder)) return;
  const statements = requireSystemTables(programs.mariadbd).map((file) => readFileSync(file, "utf8"));
  const draft = mkdtempSync(join(dirname(folder), draftPrefix));
  await runBootstrap(
    programs,
    draft,
    temporaryFolder(folder),
    `CREATE DATABASE mysql;\nUSE mysql;\n${statements.join("\n")}\n${NO_ACCOUNTS}`,
  );
  renameSync(draft, folder);
}

async function runBootstrap(
  programs: Programs,
  draft: string,
  temporary: string,
  sql: string,
): Promise<void> {
  const [program, ...before] = endingWithUs(programs.setpriv);
  const folders = [`--datadir=${draft}`, `--tmpdir=${temporary}`];
  const child = spawn(
    program,
    [...before, programs.mariadbd, "--no-defaults", "--bootstrap", ...folders, ...asRoot()],
    { stdio: ["pipe", "ignore", "pipe"], detached: true },
  );
  let output = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  const exit = once(child, "exit");
  // When it dies early the pipe breaks; the exit code says so better.
  const written = finished(child.stdin.end(sql)).catch(() => {});
  const [code] = (await exit) as [number | null];
  await written;
  writeFileSync(join(draft, "error.log"), output, { mode: 0o600 });
  if (code === 0) return;
  const errors = output.split("\n").filter((line) => line.includes("[ERROR]"));
  throw new BootError(
    `MariaDB could not make its system tables: ${errors.slice(0, 3).join(" ") || `exit ${code}`}`,
  );
}
