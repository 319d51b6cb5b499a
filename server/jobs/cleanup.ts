import type { Log } from "../log.ts";
import type { Services } from "../services/services.ts";
import { every } from "./every.ts";

const EVERY_MS = 10 * 60_000;

/** Removes what is over: unfinished registrations, sign-in challenges, ended sessions, cold throttle counters. */
export function startCleanup(services: Services, log: Log): () => void {
  return every(EVERY_MS, () => {
    services.deleteExpired().catch((error) => log.warn({ err: error }, "cleanup failed"));
  });
}
