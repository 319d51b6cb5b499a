import type { Log } from "../log.ts";
import type { Services } from "../services/services.ts";
import { every } from "./every.ts";

const RUN_MS = 10_000;
const COUNT_MS = 10 * 60_000;
const COMPARE_MS = 24 * 3_600_000;

/** Takes the bytes of what is gone from the disk, counts what is left, and once a day holds both against the database. */
export async function startFileUpkeep(
  { fileUpkeep }: Pick<Services, "fileUpkeep">,
  log: Log,
): Promise<() => void> {
  const loud = (work: () => Promise<void>) => () => {
    work().catch((error) => log.warn({ err: error }, "upkeep of files failed"));
  };
  const ends = [
    every(RUN_MS, loud(fileUpkeep.run)),
    every(COUNT_MS, loud(fileUpkeep.count)),
    every(COMPARE_MS, loud(fileUpkeep.compare)),
  ];
  // Until it was looked at, no file is taken.
  await fileUpkeep.look().catch((error) => log.warn({ err: error }, "the folder of files is not looked at"));
  loud(fileUpkeep.run)();
  loud(fileUpkeep.count)();
  loud(fileUpkeep.compare)();
  return () => {
    for (const end of ends) end();
  };
}
