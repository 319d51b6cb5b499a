"use client";

import type { ReactElement } from "react";
import { durationText } from "@/components/rooms/policy-choices";
import { Icon } from "@/components/ui/icons";
import { useI18n } from "@/lib/client/hooks/i18n";
import { RetentionTexts } from "@/lib/client/hooks/retention-texts";

/** After how long messages disappear here, for whoever is about to write. */
export function RetentionMark(props: { seconds: number }): ReactElement {
  return (
    <RetentionTexts>
      <Mark {...props} />
    </RetentionTexts>
  );
}

function Mark({ seconds }: { seconds: number }): ReactElement {
  const { t, locale } = useI18n();
  const time = durationText(seconds, locale);
  const title = t("retention.mark", { time });
  return (
    <>
      <span title={title} className="text-soft">
        <Icon name="timer" className="-mt-px me-0.5 inline size-3.5" />
        <span className="sr-only">{title}</span>
        <span aria-hidden="true">{time}</span>
      </span>
      {" · "}
    </>
  );
}
