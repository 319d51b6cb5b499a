import { readdirSync, rmdirSync, rmSync, statSync } from "node:fs";
import { homedir, userInfo } from "node:os";
import { join, resolve } from "node:path";
import { EXIT, Failure, usage } from "../failure.ts";
import { makePrivateFolder } from "../state/private-files.ts";
import { STATE_FILE } from "../state/state-store.ts";

/** Where accounts are kept: `--home`, `SCEAU_HOME`, or as the XDG Base Directory Specification has it. */
export function findHome(option: string | undefined, env: NodeJS.ProcessEnv): string {
  if (option || env.SCEAU_HOME) return resolve(option || (env.SCEAU_HOME as string));
  if (env.XDG_CONFIG_HOME?.startsWith("/")) return join(env.XDG_CONFIG_HOME, "sceau");
  // An empty HOME is none: else it would be wherever one stands.
  return join(homedir() || userInfo().homedir, ".config", "sceau");
}

/** "alice@chat.example.org", with the port where there is one. */
export function folderName(name: string, origin: string): string {
  return `${name}@${new URL(origin).host}`;
}

/**
 * The folder of the account that is meant.
 * @param wanted a sign-in name, alone or with its host; undefined where there is only one
 * @throws Failure "signed-out" where there is none, "usage" where there are several
 */
export function chooseAccount(home: string, wanted: string | undefined): string {
  const all = listAccounts(home);
  const meant = wanted?.toLowerCase();
  const found = all.filter((name) => !meant || name === meant || name.split("@")[0] === meant);
  const [folder] = found;
  if (folder && found.length === 1) return join(home, folder);
  if (folder) throw usage(`Which account? Say --account with one of: ${found.join(", ")}.`);
  const whose = wanted ? `of ${wanted} ` : "";
  throw new Failure(
    EXIT.signedOut,
    "signed-out",
    `There is no account ${whose}in ${home}. Say sceau register, login or link first.`,
  );
}

/** @throws Failure "unsafe-mode" */
export function makeAccountFolder(home: string, name: string): string {
  makePrivateFolder(home);
  const folder = join(home, name);
  makePrivateFolder(folder);
  return folder;
}

export function removeAccountFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

/** With anything else in it, it is somebody's, and stays. */
export function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // It stays, then.
  }
}

export function isAccountFolder(folder: string): boolean {
  return statSync(join(folder, STATE_FILE), { throwIfNoEntry: false })?.isFile() ?? false;
}

function listAccounts(home: string): string[] {
  try {
    return readdirSync(home, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && isAccountFolder(join(home, entry.name)))
      .map(({ name }) => name)
      .sort();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return [];
    throw code === "ENOTDIR" ? usage(`${home} is no folder.`) : error;
  }
}
