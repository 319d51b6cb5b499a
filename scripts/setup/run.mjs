import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

export const root = join(import.meta.dirname, "../..");

/** Ends the whole command with a sentence and exit code 1. */
export class SetupError extends Error {}

export function say(sentence) {
  process.stdout.write(`${sentence}\n`);
}

/** Nothing here or in what it starts reports home or looks for programs on other hosts. */
export const quietEnv = {
  ...process.env,
  NEXT_TELEMETRY_DISABLED: "1",
  CHECKPOINT_DISABLE: "1",
  PRISMA_HIDE_UPDATE_MESSAGE: "1",
  // `generate` only wants to find some program here; migrations are applied by the server itself.
  PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
};

/** Runs a program in the project's folder, its output shown. Returns whether it succeeded. */
export function run(program, args, env = quietEnv) {
  return spawnSync(program, args, { cwd: root, stdio: "inherit", env }).status === 0;
}

/** Runs a program and returns what it printed; `ok` tells whether it succeeded. */
export function capture(program, args, env = quietEnv) {
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd: root,
    encoding: "utf8",
    env,
    maxBuffer: 2 ** 28,
  });
  return { ok: status === 0, text: `${stdout ?? ""}${stderr ?? ""}` };
}

/** Runs a program whose output matters only when it fails. */
export function requireSuccess(title, program, args, env = quietEnv) {
  const { ok, text } = capture(program, args, env);
  if (ok) return;
  process.stderr.write(text);
  throw new SetupError(`${title} failed: see above.`);
}

/** The JavaScript program of an installed package, run by this Node: saves npx's second. */
export function packageProgram(path) {
  return join(root, "node_modules", path);
}

/** Runs `main`; a SetupError becomes a sentence on stderr. */
export async function runCommand(main) {
  try {
    process.exitCode = (await main()) ? 0 : 1;
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}

/** Distributions keep server programs outside an ordinary user's PATH. */
const SERVER_FOLDERS = ["/usr/sbin", "/usr/local/sbin", "/usr/libexec"];

/** The first of the named programs that is installed, or null. */
export function findProgram(...names) {
  const folders = [...(process.env.PATH ?? "").split(delimiter).filter(Boolean), ...SERVER_FOLDERS];
  const candidates = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return candidates.find(isExecutable) ?? null;
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
