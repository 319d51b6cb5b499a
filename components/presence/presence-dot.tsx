"use client";

import { type ReactElement, useEffect, useRef } from "react";
import { usePresenceTexts } from "@/lib/client/hooks/presence-texts";
import { useMessenger, useMessengerState } from "@/lib/client/hooks/use-messenger";
import type { Person } from "@/lib/client/model";
import { Dot } from "./dot";
import { whileInSight } from "./in-sight";

/** Whether somebody is there, asked for while it is in sight. Of who is offline it says nothing. */
export function PresenceDot({ id }: { id: Person["id"] }): ReactElement {
  const t = usePresenceTexts();
  const messenger = useMessenger();
  const presence = useMessengerState((state) => state.presences.get(id)) ?? "offline";
  const dot = useRef<HTMLSpanElement>(null);
  useEffect(
    () => (dot.current ? whileInSight(dot.current, () => messenger.watch({ people: [id] })) : undefined),
    [messenger, id],
  );
  return (
    <Dot ref={dot} presence={presence === "offline" ? null : presence} label={t(`presence.${presence}`)} />
  );
}
