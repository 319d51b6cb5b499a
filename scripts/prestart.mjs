// Before `npm start` and, with --dev, before `npm run dev`. Plain Node: on a fresh clone nothing is installed.
import { build, generateClient } from "./setup/build.mjs";
import { installPackages, requireNode } from "./setup/packages.mjs";
import { runCommand } from "./setup/run.mjs";
import { requireDatabase } from "./setup/system.mjs";

await runCommand(async () => {
  requireNode();
  requireDatabase();
  installPackages();
  if (process.argv.includes("--dev")) generateClient();
  else await build();
  return true;
});
