import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { root } from "./run.mjs";

/** Tests, and what the build itself writes among the sources. */
const IGNORED = /\.test\.tsx?$|^server\/testing\/|^server\/database\/generated\//;

/** Hash of the contents of files and folders: a checkout that changes dates only costs no build. */
export function fingerprint(paths) {
  const hash = createHash("sha256");
  for (const file of paths.flatMap(listFiles).filter((name) => !IGNORED.test(name))) {
    const content = readFileSync(join(root, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

/** Files at or under a path relative to the project, sorted. */
export function listFiles(path) {
  const full = join(root, path);
  if (!existsSync(full)) return [];
  if (!statSync(full).isDirectory()) return [path];
  return readdirSync(full, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();
}
