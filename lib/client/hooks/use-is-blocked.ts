"use client";

import type { AccountId } from "../../base/ids.ts";
import { useMessengerState } from "./use-messenger.tsx";

/** Whether one does not want to hear of this person. */
export function useIsBlocked(person: AccountId): boolean {
  return useMessengerState(({ settings }) => settings.blocked.includes(person));
}
