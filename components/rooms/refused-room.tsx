"use client";

import type { ReactElement } from "react";
import { Icon } from "@/components/ui/icons";
import { useI18n } from "@/lib/client/hooks/i18n";
import { RoomsTexts } from "@/lib/client/hooks/rooms-texts";

/** In place of messages and composer: access rules keep this person out, or out from here. */
export function RefusedRoom(): ReactElement {
  return (
    <RoomsTexts loading={<div className="flex-1" />}>
      <Why />
    </RoomsTexts>
  );
}

function Why(): ReactElement {
  const { t } = useI18n();
  return (
    <div
      role="status"
      className="flex min-h-0 flex-1 flex-col items-center justify-center gap-3 overflow-y-auto p-6 text-center"
    >
      <Icon name="lock" className="size-8 text-faint" />
      <p className="max-w-96 text-balance font-serif text-xl">{t("refusedRoom.title")}</p>
      <p className="max-w-96 text-pretty">{t("refusedRoom.body")}</p>
      <p className="max-w-96 text-pretty text-sm text-soft">{t("refusedRoom.kept")}</p>
    </div>
  );
}
