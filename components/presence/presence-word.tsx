"use client";

import { usePresenceTexts } from "@/lib/client/hooks/presence-texts";
import { useMessengerState } from "@/lib/client/hooks/use-messenger";
import type { Person } from "@/lib/client/model";

/** In words, where a dot beside it asks; nothing until the server has said. When they were last there is not shown. */
export function PresenceWord({ id }: { id: Person["id"] }): string | null {
  const t = usePresenceTexts();
  const presence = useMessengerState((state) => state.presences.get(id));
  return presence ? `${t(`presence.${presence}`)} · ` : null;
}
