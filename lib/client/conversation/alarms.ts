import type { AccountId } from "../../base/ids.ts";
import { CryptoError } from "../../crypto/errors.ts";
import { IdentityChangedError } from "../identities.ts";
import type { ConversationAlert } from "../model.ts";

interface Alarm {
  readonly alert: ConversationAlert;
  readonly person: AccountId | null;
  /** Whether nothing is sent until it is settled; else it only warns. */
  readonly stops: boolean;
}

/** What is wrong with one conversation, the gravest of it. */
export function createAlarms(onChange: () => void) {
  let alarm: Alarm | null = null;

  function raise({ alert, person, stops }: Alarm): void {
    const same = alarm?.alert === alert && alarm.person === person && alarm.stops === stops;
    if (alarm?.stops || same) return;
    alarm = { alert, person, stops };
    onChange();
  }

  const say = (alert: ConversationAlert) =>
    raise({ alert, person: null, stops: alert === "broken-record" || alert === "living-owner" });
  const raiseIdentity = (person: AccountId, stops: boolean) =>
    raise({ alert: "identity-changed", person, stops });

  return {
    /** Said; nothing is stopped by it but by records that do not count. */
    raise: say,

    /** @param stops false where the others in a room write on meanwhile */
    raiseIdentity,

    /** What cannot go on because of a person or a record becomes an alert, and nothing else an error. */
    async guard(work: () => Promise<void>): Promise<void> {
      try {
        await work();
      } catch (error) {
        if (error instanceof IdentityChangedError) raiseIdentity(error.account, true);
        else if (error instanceof CryptoError) say("broken-record");
        else throw error;
      }
    },

    isAboutIdentity: (): boolean => alarm?.alert === "identity-changed",

    /** Before everybody is looked at again. */
    settleIdentity(): void {
      if (alarm?.alert === "identity-changed") alarm = null;
    },

    stops: (): boolean => alarm?.stops ?? false,
    view: () => ({ alert: alarm?.alert ?? null, alertPerson: alarm?.person ?? null }),
  };
}
