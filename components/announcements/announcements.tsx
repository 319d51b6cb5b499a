"use client";

import type { ReactElement } from "react";
import { AttentionBar } from "@/components/messenger/attention-bar";
import { Button } from "@/components/ui/button";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useDismissed } from "@/lib/client/hooks/use-dismissed";
import { useMessengerState } from "@/lib/client/hooks/use-messenger";
import { LinkedText } from "./linked-text";

/** What whoever runs the server tells everybody, one after the other, until it ends or is put away here. */
export function Announcements(): ReactElement | null {
  const { t, locale } = useI18n();
  const all = useMessengerState((state) => state.announcements);
  const [dismissed, dismiss] = useDismissed(all.map(({ id }) => id));
  const [first, ...others] = all.filter(({ id }) => !dismissed.includes(id));
  if (!first) return null;
  const isWarning = first.level === "warning";
  return (
    <AttentionBar
      icon={isWarning ? "alert" : "info"}
      calm={!isWarning}
      title={t(isWarning ? "announcement.warning" : "announcement.information")}
      body={
        <>
          <LinkedText text={locale === "fr" && first.french !== "" ? first.french : first.text} />
          {others.length > 0 && t("news.more", { count: others.length })}
        </>
      }
    >
      <Button tone="quiet" onClick={() => dismiss(first.id)}>
        {t("announcement.dismiss")}
      </Button>
    </AttentionBar>
  );
}
