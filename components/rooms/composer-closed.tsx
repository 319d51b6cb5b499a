"use client";

import type { ReactElement } from "react";
import { BlockedComposer } from "@/components/people/blocked-composer";
import { Icon, type IconName } from "@/components/ui/icons";
import { useI18n } from "@/lib/client/hooks/i18n";
import { RoomsTexts } from "@/lib/client/hooks/rooms-texts";
import { formatTime } from "@/lib/client/hooks/time-format";
import { useMessengerState } from "@/lib/client/hooks/use-messenger";
import type { Conversation } from "@/lib/client/model";
import { RefusedRoom } from "./refused-room";

/** In the composer's place, and in that of the messages where they are not to be read: why nothing can be written. */
export function ComposerClosed({ conversation }: { conversation: Conversation }): ReactElement {
  const { blocked, peer, room } = conversation;
  if (blocked && peer) return <BlockedComposer person={peer} />;
  if (room?.refused) return <RefusedRoom />;
  return (
    <div className="flex min-h-15 items-center justify-center border-line border-t px-5 pt-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] text-sm text-soft">
      <RoomsTexts>
        <Reason conversation={conversation} />
      </RoomsTexts>
    </div>
  );
}

function Reason({ conversation }: { conversation: Conversation }): ReactElement {
  const { t, locale } = useI18n();
  const { id, room, mutedUntil } = conversation;
  // By moderators it is one room, and nowhere else to the same millisecond.
  const everywhere = useMessengerState(
    ({ conversations }) =>
      !room || conversations?.some((other) => other.id !== id && other.mutedUntil === mutedUntil),
  );
  const because = (icon: IconName, text: string): ReactElement => (
    <p role="status" className="flex max-w-2xl items-start gap-2 text-pretty">
      <Icon name={icon} className="mt-0.5 size-4.5" />
      {text}
    </p>
  );
  if (room?.role === null) return because("signOut", t("closed.gone"));
  if (room?.archived) return because("lock", t("closed.archivedHere"));
  if (room?.posting === "nobody") return because("lock", t("closed.archived"));
  if (mutedUntil !== null) {
    const key = everywhere ? "closed.mutedEverywhere" : "closed.muted";
    return because("clock", t(key, { time: formatTime(mutedUntil, locale, "moment") }));
  }
  if (room?.posting === "moderators" && room.role === "member")
    return because("lock", t("closed.moderators"));
  return because("lock", t("closed.other"));
}
