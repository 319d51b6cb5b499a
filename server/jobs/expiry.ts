import type { Log } from "../log.ts";
import type { Services } from "../services/services.ts";
import { every } from "./every.ts";

const EVERY_MS = 30_000;

/** Deletes messages whose time is over: at the start those that became so meanwhile, then as it comes. */
export function startExpiry({ retention }: Pick<Services, "retention">, log: Log): () => void {
  const expire = () => {
    retention.expire().catch((error) => log.warn({ err: error }, "messages not expired"));
  };
  expire();
  return every(EVERY_MS, expire);
}
