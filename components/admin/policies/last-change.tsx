"use client";

import type { ReactElement } from "react";
import { useI18n } from "@/lib/client/hooks/i18n";
import { formatTime } from "@/lib/client/hooks/time-format";
import type { PolicyView } from "@/lib/protocol/http/admin/policies";

/** Who set it, and when. */
export function LastChange({ at, by }: NonNullable<PolicyView["changed"]>): ReactElement {
  const { t, locale } = useI18n();
  const time = formatTime(at, locale, "moment");
  return (
    <span className="mt-1 block text-faint" dir="auto">
      {by ? t("policies.changedBy", { name: by.displayName, time }) : t("policies.changed", { time })}
    </span>
  );
}
