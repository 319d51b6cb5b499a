"use client";

import { type ReactElement, Suspense } from "react";
import { Icon } from "@/components/ui/icons";
import { lateView } from "@/components/ui/late-view";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useMessengerState } from "@/lib/client/hooks/use-messenger";

const OfflineWords = lateView(async () => (await import("./offline-words")).OfflineWords);

/** Says why nothing arrives. The live region stays mounted, so that the change is read out. */
export function ConnectionBar(): ReactElement {
  const { t } = useI18n();
  const connection = useMessengerState((state) => state.connection);
  const isRefused = connection === "refused";
  return (
    <div role="status">
      {(isRefused || connection === "offline") && (
        <p className="flex items-center justify-center gap-2 bg-warn-tint px-4 py-1.5 text-sm text-warn">
          <Icon name={isRefused ? "lock" : "offline"} className="size-4.5" />
          {isRefused ? (
            t("error.access-refused")
          ) : (
            <Suspense fallback={t("messenger.offline")}>
              <OfflineWords />
            </Suspense>
          )}
        </p>
      )}
    </div>
  );
}
