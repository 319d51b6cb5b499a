// `npm run check`: everything about the code that can be judged without running it. All parts run; any may fail.
import { findOffences } from "./check/source-rules.mjs";
import { generateClient } from "./setup/build.mjs";
import { installPackages, requireNode } from "./setup/packages.mjs";
import { packageProgram, root, run, runCommand, say } from "./setup/run.mjs";

const node = (program, ...args) => run(process.execPath, [packageProgram(program), ...args]);

/** Biome colours its output even where nobody sees colours. */
const colors = process.stdout.isTTY ? [] : ["--colors=off"];

const PARTS = {
  "Format and lint": () => node("@biomejs/biome/bin/biome", "ci", "--error-on-warnings", ...colors),
  Types: () => node("next/dist/bin/next", "typegen") && node("typescript/bin/tsc", "--noEmit"),
  "Import rules": checkRooms,
  "Dead files, exports and packages": () => node("knip/bin/knip.js"),
  "Rules about single files": checkSources,
};

await runCommand(async () => {
  requireNode();
  installPackages();
  generateClient();
  const failed = [];
  for (const [title, part] of Object.entries(PARTS)) {
    say(`\n== ${title}`);
    if (!(await part())) failed.push(title);
  }
  say(failed.length === 0 ? "\nAll checks passed." : `\nFailed: ${failed.join(", ")}`);
  return failed.length === 0;
});

async function checkRooms() {
  const { checkImports } = await import("./check/import-rules.mjs");
  const { summary, text } = await checkImports(root);
  say(text.trim());
  return summary.error === 0;
}

function checkSources() {
  const offences = findOffences(root);
  for (const offence of offences) say(offence);
  return offences.length === 0;
}
