import type { ServerStanding } from "../protocol/retention.ts";

/** The server's time as far as it is known here: messages are as old as it says, whatever this device's clock shows. */
export function createServerClock(here: () => number) {
  let ahead = 0;
  let longestRetention = 0;

  return {
    /** From every list and every first frame. What it took to come makes the clock late, never early. @returns its limits */
    learn({ now, ...limits }: ServerStanding): Omit<ServerStanding, "now"> {
      ahead = now - here();
      const { largestFile } = limits;
      ({ longestRetention } = limits);
      return { longestRetention, largestFile };
    },

    /** Milliseconds since 1970. @param at by this device; else now */
    now: (at: number = here()): number => at + ahead,

    /** The server's own limit, in seconds; 0 for none. */
    longestRetention: (): number => longestRetention,
  };
}

export type ServerClock = ReturnType<typeof createServerClock>;
