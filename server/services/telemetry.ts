import type { OpenFailureCause } from "../../lib/protocol/http/telemetry.ts";
import type { Database } from "../database/database.ts";

/** What operators may know of how browsers fare: how often something did not open, and why. */
export function createTelemetry({ openFailures }: Pick<Database, "openFailures">, clock: () => number) {
  return {
    async addOpenFailures(failures: Partial<Record<OpenFailureCause, number>>): Promise<void> {
      const counts = Object.entries(failures).filter(([, count]) => count > 0);
      if (counts.length === 0) return;
      const day = Number(new Date(clock()).toISOString().slice(0, 10).replaceAll("-", ""));
      await openFailures.add(day, counts);
    },
  };
}
