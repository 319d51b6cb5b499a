import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root, run, SetupError, say } from "./run.mjs";

const OLDEST_NODE = [20, 19];

export function requireNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  throw new SetupError(
    `Sceau needs Node ${OLDEST_NODE.join(".")} or later, this is ${process.versions.node}: see https://nodejs.org/en/download`,
  );
}

/** Install scripts stay off: the packages that have one (package.json, allowScripts) work without it. */
export function installPackages() {
  if (packagesAreInstalled()) return;
  say("Installing npm packages (once, and after an upgrade) …");
  const args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  // Under `npm start` this is npm's own program, which may not be in PATH.
  const npm = process.env.npm_execpath;
  const installed = npm?.endsWith(".js") ? run(process.execPath, [npm, ...args]) : run("npm", args);
  if (!installed) throw new SetupError("npm could not install the packages: see above.");
}

/** npm writes its own lock file into node_modules last, so that one that agrees with ours means a whole install. */
function packagesAreInstalled() {
  const hidden = join(root, "node_modules/.package-lock.json");
  if (!existsSync(hidden)) return false;
  const installed = readPackages(hidden);
  return Object.entries(readPackages(join(root, "package-lock.json"))).every(([path, wanted]) => {
    if (path === "") return true;
    const found = installed[path];
    return found
      ? found.version === wanted.version && found.integrity === wanted.integrity
      : wanted.optional === true;
  });
}

function readPackages(file) {
  return JSON.parse(readFileSync(file, "utf8")).packages;
}
