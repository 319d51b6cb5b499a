"use client";

import type { ReactElement } from "react";
import { SidePaneFailed } from "@/components/messenger/side-pane";
import { Notice } from "@/components/ui/notice";
import { useI18n } from "@/lib/client/hooks/i18n";
import { RoomsTexts } from "@/lib/client/hooks/rooms-texts";
import { RoomsProvider } from "@/lib/client/hooks/use-rooms";
import type { Conversation } from "@/lib/client/model";
import { TakeOver } from "./take-over";

const failed = (error: unknown, retry: () => void) => <SidePaneFailed error={error} onRetry={retry} />;

/** Above a room that lost its owners: one is asked to take it over, or somebody did whose owner is there after all. */
export function OwnerlessRoom({ conversation }: { conversation: Conversation }): ReactElement | null {
  const { id, room, alert } = conversation;
  const isFalse = alert === "living-owner";
  if (!isFalse && (room?.refused || room?.role === "owner")) return null;
  return (
    <div className="mx-auto w-full max-w-3xl px-3 pt-3 sm:px-5">
      <RoomsTexts failed={failed}>
        {isFalse ? (
          <LivingOwner />
        ) : (
          <RoomsProvider loading={null} failed={failed}>
            <TakeOver id={id} offered />
          </RoomsProvider>
        )}
      </RoomsTexts>
    </div>
  );
}

function LivingOwner(): ReactElement {
  const { t } = useI18n();
  return <Notice tone="danger">{t("alert.living-owner")}</Notice>;
}
