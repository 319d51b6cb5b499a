import type { AccountId } from "../../base/ids.ts";
import { type Identities, IdentityChangedError } from "../identities.ts";
import type { createAlarms } from "./alarms.ts";

/** In a room: whose identity was seen to be another than the accepted one. */
export function createSuspects(
  identities: Pick<Identities, "refresh">,
  alarms: Pick<ReturnType<typeof createAlarms>, "raiseIdentity">,
) {
  const suspects = new Set<AccountId>();

  return {
    add: (person: AccountId): void => void suspects.add(person),

    /** @param stops whether the others cannot write on either */
    raise(person: AccountId, stops: boolean): void {
      suspects.add(person);
      alarms.raiseIdentity(person, stops);
    },

    /** Who was accepted meanwhile is none any more. */
    async review(): Promise<void> {
      for (const person of suspects) {
        try {
          await identities.refresh(person);
          suspects.delete(person);
        } catch (error) {
          if (!(error instanceof IdentityChangedError)) throw error;
          alarms.raiseIdentity(person, false);
        }
      }
    },
  };
}
