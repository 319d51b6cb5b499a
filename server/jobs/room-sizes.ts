import type { Log } from "../log.ts";
import type { Services } from "../services/services.ts";
import { every } from "./every.ts";

const EVERY_MS = 10 * 60_000;

/** Counts what rooms take up: at the start, then now and then. */
export function startSizing({ roomSizing }: Pick<Services, "roomSizing">, log: Log): () => void {
  const count = () => {
    roomSizing.run().catch((error) => log.warn({ err: error }, "rooms not counted"));
  };
  count();
  return every(EVERY_MS, count);
}
