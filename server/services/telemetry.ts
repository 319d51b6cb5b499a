import type { OpenFailureCause } from "../../lib/protocol/http/telemetry.ts";
import type { Database } from "../database/database.ts";
import type { ServerMetrics } from "../server-metrics.ts";
import { dayOf } from "./day.ts";

/** What operators may know of how browsers fare: how often something did not open, and why. */
export function createTelemetry(
  { openFailures }: Pick<Database, "openFailures">,
  metrics: Pick<ServerMetrics, "openFailure">,
  clock: () => number,
) {
  return {
    async addOpenFailures(failures: Partial<Record<OpenFailureCause, number>>): Promise<void> {
      const counts = Object.entries(failures).filter(([, count]) => count > 0);
      if (counts.length === 0) return;
      await openFailures.add(dayOf(clock()), counts);
      for (const [cause, count] of counts) metrics.openFailure(cause, count);
    },
  };
}
