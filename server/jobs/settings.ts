import type { Log } from "../log.ts";
import type { Services } from "../services/services.ts";
import { every } from "./every.ts";

const EVERY_MS = 5_000;

/**
 * Follows what other nodes, or the command line, have set and done; reads it once before it resolves.
 * @param greetAll tells browsers anew where everything stands
 */
export async function startFollowing(
  { policies, accessRules, announcements, otherNodes }: Services,
  greetAll: () => void,
  log: Log,
): Promise<() => void> {
  async function look(): Promise<void> {
    await Promise.all([policies.refresh(), accessRules.refresh(), announcements.refresh()]);
    if (!(await otherNodes.isDoubtRaised())) return;
    otherNodes.doubt();
    greetAll();
  }
  await look();
  return every(EVERY_MS, () => {
    look().catch((error) => log.warn({ err: error }, "what others have set is not read"));
  });
}
