"use client";

import type { ReactElement } from "react";
import { usePresenceTexts } from "@/lib/client/hooks/presence-texts";
import { useMessengerState } from "@/lib/client/hooks/use-messenger";
import { Dot } from "./dot";

const LOOKS = { automatic: null, busy: "busy", invisible: "offline" } as const;

/** At one's own picture, while one has chosen to look otherwise than one is: it is easily forgotten. */
export function OwnDot(): ReactElement | null {
  const t = usePresenceTexts();
  const availability = useMessengerState((state) => state.visibility)?.availability ?? "automatic";
  return <Dot presence={LOOKS[availability]} label={t(`availability.${availability}`)} />;
}
