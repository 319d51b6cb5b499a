"use client";

import type { ReactElement } from "react";
import { Icon } from "@/components/ui/icons";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useMessengerState } from "@/lib/client/hooks/use-messenger";

/** Says why nothing arrives. The live region stays mounted, so that the change is read out. */
export function ConnectionBar(): ReactElement {
  const { t } = useI18n();
  const connection = useMessengerState((state) => state.connection);
  return (
    <div role="status">
      {connection === "offline" && (
        <p className="flex items-center justify-center gap-2 bg-warn-tint px-4 py-1.5 text-sm text-warn">
          <Icon name="offline" className="size-4.5" />
          {t("messenger.offline")}
        </p>
      )}
    </div>
  );
}
