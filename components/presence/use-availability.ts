"use client";

import { useToast } from "@/components/ui/toast";
import { useErrorText } from "@/lib/client/hooks/use-error-text";
import { useMessenger, useMessengerState } from "@/lib/client/hooks/use-messenger";
import type { Availability } from "@/lib/protocol/visibility";

export const AVAILABILITIES: readonly Availability[] = ["automatic", "busy", "invisible"];

/** How one looks to others, and what changes it; it comes back over the socket, to every browser. */
export function useAvailability(): readonly [Availability | null, (chosen: Availability) => void] {
  const messenger = useMessenger();
  const toast = useToast();
  const errorText = useErrorText();
  const availability = useMessengerState((state) => state.visibility)?.availability ?? null;
  const choose = async (chosen: Availability): Promise<void> => {
    try {
      await (await messenger.account()).profile.setVisibility({ availability: chosen });
    } catch (error) {
      toast(errorText(error));
    }
  };
  return [availability, (chosen) => void choose(chosen)];
}
