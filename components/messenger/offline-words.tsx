"use client";

import { useI18n } from "@/lib/client/hooks/i18n";
import { useCrowded } from "@/lib/client/hooks/use-crowded";

/** Why there is no connection, as far as that can be told. */
export function OfflineWords(): string {
  const { t } = useI18n();
  return t(useCrowded() ? "error.too-many-sockets" : "messenger.offline");
}
