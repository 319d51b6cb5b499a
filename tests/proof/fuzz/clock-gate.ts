import { createApi } from "../../../lib/client/api.ts";
import { putForward, serverNow } from "../../../server/testing/clock.ts";
import { nodePlatform, type Profile } from "../../../server/testing/node-platform.ts";
import type { Stage } from "./stage.ts";

/** Cookies are renewed by their browsers before they are a quarter of an hour old. */
const RENEW_MS = 5 * 60_000;
const TRIES = 3;

/**
 * Limits end by the server's clock, and so does the patience of whoever waits for a connection to its database: the
 * clock is put forward where nobody waits.
 */
export interface ClockGate {
  through<T>(request: () => Promise<T>): Promise<T>;
  jump(milliseconds: number): Promise<void>;
}

export function createClockGate({ server, profiles }: Stage): ClockGate {
  let underWay = 0;
  let renewedAt = serverNow();
  let jumping: Promise<void> | null = null;
  let whenQuiet = () => {};

  /** A connection that is kept open may be closed by the server in the moment it is used again. */
  async function renew(profile: Profile): Promise<void> {
    const api = createApi(nodePlatform(server.origin, profile));
    for (let left = TRIES; left > 0; left -= 1) {
      const renewed = await api.renewSession(false).then(
        () => true,
        () => false,
      );
      if (renewed) return;
    }
  }

  async function jumpNow(milliseconds: number): Promise<void> {
    if (underWay > 0)
      await new Promise<void>((resolve) => {
        whenQuiet = resolve;
      });
    await putForward(milliseconds);
    if (serverNow() - renewedAt < RENEW_MS) return;
    renewedAt = serverNow();
    for (const profile of Object.values(profiles)) if (profile) await renew(profile);
  }

  return {
    async through(request) {
      while (jumping) await jumping;
      underWay += 1;
      try {
        return await request();
      } finally {
        underWay -= 1;
        if (underWay === 0) whenQuiet();
      }
    },
    async jump(milliseconds) {
      while (jumping) await jumping;
      jumping = jumpNow(milliseconds).finally(() => {
        jumping = null;
      });
      await jumping;
    },
  };
}
