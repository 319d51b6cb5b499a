import type { AccountId } from "../../lib/base/ids.ts";
import type { Visibility } from "../../lib/protocol/visibility.ts";
import type { Database } from "../database/database.ts";
import type { Publish } from "./publish.ts";
import type { Session } from "./sessions.ts";

const CACHED_ACCOUNTS = 20_000;
/** Of an account that is gone: nothing. */
const HIDDEN: Visibility = { availability: "invisible", readStates: false, typing: false };

/** Whether others are shown what somebody reads: that would tell of somebody invisible that they are there. */
export const showsReading = ({ readStates, availability }: Visibility) =>
  readStates && availability !== "invisible";

/** What people let others see of them. Asked for by every receipt, and therefore remembered. */
export function createVisibilityService({ visibilities }: Pick<Database, "visibilities">, publish: Publish) {
  const cache = new Map<AccountId, Promise<Visibility>>();

  function of(account: AccountId): Promise<Visibility> {
    let known = cache.get(account);
    if (!known) {
      if (cache.size >= CACHED_ACCOUNTS) cache.clear();
      known = visibilities.find(account).then((row) => row ?? HIDDEN);
      cache.set(account, known);
      known.catch(() => cache.delete(account));
    }
    return known;
  }

  return {
    of,
    forget: (account: AccountId): void => void cache.delete(account),
    forgetAll: (): void => cache.clear(),

    async change(
      { accountId: account }: Session,
      { availability, readStates, typing }: { [Key in keyof Visibility]?: Visibility[Key] | undefined },
    ): Promise<void> {
      await visibilities.set(account, {
        ...(availability && { availability }),
        ...(readStates !== undefined && { readStates }),
        ...(typing !== undefined && { typing }),
      });
      // What was asked for before the change is not put back after it.
      cache.delete(account);
      publish({ type: "visibility", account, visibility: await of(account) });
    },
  };
}

export type VisibilityService = ReturnType<typeof createVisibilityService>;
