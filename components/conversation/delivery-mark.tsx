"use client";

import { clsx } from "clsx";
import type { ReactElement } from "react";
import { Icon, type IconName } from "@/components/ui/icons";
import { useI18n } from "@/lib/client/hooks/i18n";
import type { DeliveryState } from "@/lib/client/model";

const LOOKS: Readonly<Record<DeliveryState, { icon: IconName; look: string }>> = {
  pending: { icon: "clock", look: "text-soft" },
  failed: { icon: "alert", look: "text-danger" },
  stored: { icon: "check", look: "text-soft" },
  delivered: { icon: "checks", look: "text-soft" },
  read: { icon: "checks", look: "text-accent" },
};

/** How far an own message has come. Every state takes the same place. */
export function DeliveryMark({ state }: { state: DeliveryState }): ReactElement {
  const { t } = useI18n();
  const { icon, look } = LOOKS[state];
  return (
    <span className={clsx("inline-flex", look)} title={t(`delivery.${state}`)}>
      <Icon name={icon} className="size-4" />
      <span className="sr-only">{t(`delivery.${state}`)}</span>
    </span>
  );
}
