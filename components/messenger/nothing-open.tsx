"use client";

import type { ReactElement } from "react";
import { Button } from "@/components/ui/button";
import { Mark } from "@/components/ui/mark";
import { useI18n } from "@/lib/client/hooks/i18n";
import { closeConversationRoute } from "@/lib/client/hooks/use-conversation-route";
import { findPersonKeys } from "./use-find-person-shortcut";

/** The middle without a conversation: none was picked, or the address names one that is not there. */
export function NothingOpen({ gone }: { gone: boolean }): ReactElement {
  const { t } = useI18n();
  return (
    <div className="flex flex-1 flex-col items-center justify-center gap-2 p-8 text-center">
      <Mark className="mb-3 size-14" />
      <p className="font-serif text-xl">{t(gone ? "messenger.gone" : "messenger.pick")}</p>
      <p className="text-soft">
        {gone ? t("messenger.goneBody") : t("messenger.pickBody", { keys: findPersonKeys() })}
      </p>
      {gone && (
        <Button tone="secondary" className="mt-3 md:hidden" onClick={closeConversationRoute}>
          {t("messenger.toList")}
        </Button>
      )}
    </div>
  );
}
