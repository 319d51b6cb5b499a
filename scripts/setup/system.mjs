import { existsSync } from "node:fs";
import { capture, findProgram, quietEnv, run, SetupError, say } from "./run.mjs";

/** The server's own database, unless DATABASE_URL names another. */
export function requireDatabase() {
  if (process.env.DATABASE_URL) return;
  requireSystemPackage({
    what: "MariaDB's server program",
    programs: ["mariadbd"],
    // Older Debians and Ubuntus have the version in the name.
    aptPattern: "^mariadb-server-core(-[0-9.]+)?$",
    others: { dnf: "mariadb-server", zypper: "mariadb", pacman: "mariadb", apk: "mariadb" },
    instead: "or set DATABASE_URL to a MariaDB that runs elsewhere",
  });
  requireSystemPackage({
    what: "setpriv and flock",
    programs: ["setpriv"],
    aptPattern: "^util-linux$",
    others: { dnf: "util-linux", zypper: "util-linux", pacman: "util-linux", apk: "setpriv flock" },
    instead: "or set DATABASE_URL to a MariaDB that runs elsewhere",
  });
}

/** Returns the path of a Chromium for the end-to-end tests. */
export function requireChromium() {
  const programs = ["chromium", "chromium-browser", "google-chrome"];
  requireSystemPackage({
    what: "Chromium, for the end-to-end tests",
    programs,
    aptPattern: "^chromium(-browser)?$",
    others: {
      dnf: "chromium",
      zypper: "chromium",
      pacman: "chromium",
      apk: "chromium",
      brew: "--cask chromium",
    },
    instead: "or run a part of the tests, such as npm test -- lib server",
  });
  return findProgram(...programs);
}

/**
 * Redis and nginx, for the tests of several nodes, which are skipped without them. Not installed where the system would start
 * them as services: nobody asked for a web server on port 80.
 */
export function offerNodePrograms() {
  for (const [what, program] of [
    ["Redis", "redis-server"],
    ["nginx", "nginx"],
  ]) {
    if (findProgram(program)) continue;
    const skipped = "the tests of several nodes are skipped";
    if (existsSync("/run/systemd/system") || !findProgram("apt-get")) {
      say(`${what} is missing: ${skipped}. Install ${program}, whose service need not run.`);
      continue;
    }
    try {
      installWithApt({
        what: `${what}, for the tests of several nodes,`,
        aptPattern: `^${program}$`,
        instead: `or ${skipped}`,
      });
    } catch (error) {
      if (!(error instanceof SetupError)) throw error;
      say(error.message);
    }
  }
}

/** Installs with apt-get where that is possible; elsewhere tells what to type. */
function requireSystemPackage({ what, programs, aptPattern, others, instead }) {
  if (findProgram(...programs)) return;
  if (findProgram("apt-get")) installWithApt({ what, aptPattern, instead });
  else throw new SetupError(`${what} is missing: ${otherCommand(others)}, ${instead}.`);
  if (!findProgram(...programs)) throw new SetupError(`${what} is still missing after its installation.`);
}

function otherCommand(others) {
  const verbs = {
    dnf: "sudo dnf install",
    zypper: "sudo zypper install",
    pacman: "sudo pacman -S",
    apk: "apk add",
    brew: "brew install",
  };
  const manager = Object.keys(others).find((name) => findProgram(name));
  return manager
    ? `install it with \`${verbs[manager]} ${others[manager]}\``
    : "install it with your system's package manager";
}

function installWithApt({ what, aptPattern, instead }) {
  const prefix = asRoot();
  const isKnown = () => findAptPackage(aptPattern) !== null;
  if (!prefix) {
    const name = findAptPackage(aptPattern) ?? aptPattern.replace(/[\^$]|\(.*\)\??/g, "");
    throw new SetupError(
      `${what} is missing and only an administrator may install it: run \`sudo apt-get install ${name}\`, ${instead}.`,
    );
  }
  say(`Installing ${what} with apt-get (once) …`);
  if (!isKnown()) aptGet(prefix, ["update", "-qq"]);
  const name = findAptPackage(aptPattern);
  if (!name) throw new SetupError(`apt-get knows no package for ${what}: install it by hand, ${instead}.`);
  const install = ["install", "-y", "-qq", "--no-install-recommends", name];
  // Lists of weeks ago may name files that are gone.
  if (capturedAptGet(prefix, install) || (aptGet(prefix, ["update", "-qq"]) && aptGet(prefix, install)))
    return;
  throw new SetupError(`apt-get could not install ${name}: see above.`);
}

const aptEnv = { ...quietEnv, DEBIAN_FRONTEND: "noninteractive" };
const aptGet = (prefix, args) => run(...withPrefix(prefix, args), aptEnv);
const capturedAptGet = (prefix, args) => capture(...withPrefix(prefix, args), aptEnv).ok;

function withPrefix(prefix, args) {
  const [program, ...rest] = [...prefix, "apt-get", ...args];
  return [program, rest];
}

/** The words to put before a command to run it as root, or null when that needs a password. */
function asRoot() {
  if (process.getuid?.() === 0) return [];
  return capture("sudo", ["-n", "true"]).ok ? ["sudo", "-n", "DEBIAN_FRONTEND=noninteractive"] : null;
}

/** The shortest name is the one without a version. */
function findAptPackage(pattern) {
  const { ok, text } = capture("apt-cache", ["search", "--names-only", pattern]);
  const names = ok
    ? text
        .split("\n")
        .map((line) => line.split(" ")[0])
        .filter(Boolean)
    : [];
  return names.sort((a, b) => a.length - b.length || b.localeCompare(a, "en", { numeric: true }))[0] ?? null;
}
