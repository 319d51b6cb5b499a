"use client";

import type { ReactElement } from "react";
import { CountBadge } from "@/components/ui/badge";
import { Icon } from "@/components/ui/icons";
import { useI18n } from "@/lib/client/hooks/i18n";

export function JumpButton(props: { missed: number; onJump: () => void }): ReactElement {
  const { t } = useI18n();
  return (
    <button
      type="button"
      onClick={props.onJump}
      title={t("timeline.jump")}
      className="absolute end-4 bottom-3 flex size-11 animate-rise items-center justify-center rounded-full border border-line bg-raised text-soft shadow-lift hover:text-ink"
    >
      <Icon name="arrowDown" />
      <span className="sr-only">{t("timeline.jump")}. </span>
      {props.missed > 0 && (
        <span className="absolute -top-2">
          <CountBadge count={props.missed} label={t("timeline.new", { count: props.missed })} />
        </span>
      )}
    </button>
  );
}
