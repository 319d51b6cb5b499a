"use client";

import { type ReactElement, useEffect, useState } from "react";
import { CountBadge } from "@/components/ui/badge";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useMessenger, useMessengerState } from "@/lib/client/hooks/use-messenger";
import { PageButton } from "./page-button";
import { useOpenRoom } from "./use-open-room";

/** The way to the room's reports, with how many wait. */
export function ReportsButton(): ReactElement {
  const { t } = useI18n();
  const messenger = useMessenger();
  const { id } = useOpenRoom();
  const news = useMessengerState((state) => state.news);
  const [count, setCount] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each of the server's hints is a reason to ask.
  useEffect(() => {
    let left = false;
    messenger
      .reports()
      .then((reports) => reports.waiting())
      .then(
        ({ open }) => left || setCount(open.get(id) ?? 0),
        // The page itself says what is wrong.
        () => undefined,
      );
    return () => {
      left = true;
    };
  }, [messenger, id, news]);
  return (
    <PageButton page="reports" icon="flag">
      <span className="flex-1">{t("details.reports")}</span>
      {count > 0 && <CountBadge count={count} label={t("details.reportsOpen", { count })} />}
    </PageButton>
  );
}
