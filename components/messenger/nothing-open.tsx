"use client";

import type { ReactElement } from "react";
import { Button } from "@/components/ui/button";
import { Mark } from "@/components/ui/mark";
import { useI18n } from "@/lib/client/hooks/i18n";
import { closeConversationRoute } from "@/lib/client/hooks/use-conversation-route";
import { useMessengerState } from "@/lib/client/hooks/use-messenger";
import { switcherKeys } from "./use-shortcuts";

/** The middle without a conversation: none was picked, there is none yet, or the address names one that is not there. */
export function NothingOpen({ gone }: { gone: boolean }): ReactElement {
  const { t } = useI18n();
  const name = useMessengerState((state) => state.me?.displayName) ?? "";
  const none = useMessengerState((state) => state.conversations?.length === 0);
  const title = gone ? t("messenger.gone") : none ? t("messenger.welcome", { name }) : t("messenger.pick");
  const body = gone
    ? t("messenger.goneBody")
    : none
      ? t("entrance.promise")
      : t("messenger.pickBody", { keys: switcherKeys() });
  return (
    <div className="flex flex-1 flex-col items-center justify-center gap-2 p-8 text-center">
      <Mark className="mb-3 size-14" />
      <p className="text-balance font-serif text-xl wrap-anywhere">{title}</p>
      <p className="text-pretty text-soft">{body}</p>
      {gone && (
        <Button tone="secondary" className="mt-3 md:hidden" onClick={closeConversationRoute}>
          {t("messenger.toList")}
        </Button>
      )}
    </div>
  );
}
