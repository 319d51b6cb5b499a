"use client";

import type { ReactElement } from "react";
import { Icon } from "@/components/ui/icons";
import { useI18n } from "@/lib/client/hooks/i18n";
import { formatTime } from "@/lib/client/hooks/time-format";
import type { JournalEntry } from "@/lib/client/model-account";
import { sentenceOf } from "./sentences";

/** One entry of the journal: what, when, from where; and what is unusual about it. */
export function EntryRow({ entry }: { entry: JournalEntry }): ReactElement {
  const { t, locale } = useI18n();
  const notable = entry.outcome === "suspicious" || entry.outcome === "throttled";
  // An address is erased after a time; of what others did, neither is told.
  const place = [entry.browser, entry.address, entry.here && t("activity.here")].filter(Boolean);
  return (
    <li className="flex items-start gap-3 px-4 py-3">
      <Icon
        name={notable ? "alert" : entry.outcome === "failed" ? "close" : "check"}
        className={`mt-0.5 size-5 ${notable ? "text-warn" : "text-faint"}`}
      />
      <div className="min-w-0 flex-1">
        <p className="wrap-anywhere">{t(sentenceOf(entry))}</p>
        <p className="text-soft text-sm wrap-anywhere">
          <time dateTime={new Date(entry.at).toISOString()}>{formatTime(entry.at, locale, "moment")}</time>
          {place.map((part) => ` · ${part}`).join("")}
        </p>
        {notable && (
          <p className="pt-0.5 text-sm text-warn">
            {entry.outcome === "throttled"
              ? t("activity.throttled")
              : entry.suspicions.map((each) => t(`suspicion.${each}`)).join(" ")}
          </p>
        )}
      </div>
    </li>
  );
}
