import type { Log } from "../log.ts";
import type { Services } from "../services/services.ts";

const EVERY_MS = 5_000;

/** Follows what other nodes, or the command line, have set. */
export function startPolicyWatch(
  { policies, accessRules, announcements }: Pick<Services, "policies" | "accessRules" | "announcements">,
  log: Log,
): () => void {
  const timer = setInterval(() => {
    Promise.all([policies.refresh(), accessRules.refresh(), announcements.refresh()]).catch((error) =>
      log.warn({ err: error }, "policies not read"),
    );
  }, EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}
