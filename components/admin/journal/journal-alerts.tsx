"use client";

import type { ReactElement, ReactNode } from "react";
import { AdminFailed } from "@/components/admin/admin-failed";
import { PanelGroup, PanelSkeleton } from "@/components/settings/panel";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { type JournalQuestion, useJournalCalls } from "@/lib/client/hooks/admin/journal";
import { useLive } from "@/lib/client/hooks/admin/use-guarded";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useEntryWords } from "./words";

const EVERY_MS = 15_000;

/** What looks like somebody who is not meant to be here, and the way to its entries. */
export function JournalAlerts(props: { onShow: (question: Partial<JournalQuestion>) => void }): ReactElement {
  const { t } = useI18n();
  const words = useEntryWords();
  const { alerts } = useJournalCalls();
  const { value, error, reload } = useLive(alerts, EVERY_MS);
  if (!value) return error === null ? <PanelSkeleton /> : <AdminFailed error={error} onRetry={reload} />;
  const { failures, travellers, recoveries } = value;
  return (
    <PanelGroup title={t("journal.alerts")} intro={t("journal.alertsIntro")}>
      {error !== null && <AdminFailed error={error} onRetry={reload} />}
      {failures.length + travellers.length + recoveries.length === 0 && (
        <Notice icon="check">{t("journal.nothingUnusual")}</Notice>
      )}
      <ul className="flex flex-col gap-2 empty:hidden">
        {failures.map(({ address, count, names, unknown }) => (
          <Alert key={address} onShow={() => props.onShow({ address, event: "sign-in" })}>
            {t("journal.failures", { count, address, names: names + unknown, unknown })}
          </Alert>
        ))}
        {travellers.map(({ account, person, addresses: [first = "", second = ""] }) => (
          <Alert key={account} onShow={() => props.onShow({ person: account, event: "sign-in" })}>
            {t("journal.traveller", { name: words.person({ person, account }), first, second })}
          </Alert>
        ))}
        {recoveries.map(({ id, event, at, ...whose }) => (
          <Alert key={id} onShow={() => props.onShow({ person: whose.account ?? "" })}>
            {t("journal.recovery", {
              event: words.event(event),
              name: words.person(whose),
              time: words.time(at),
            })}
          </Alert>
        ))}
      </ul>
    </PanelGroup>
  );
}

function Alert({ children, onShow }: { children: ReactNode; onShow: () => void }): ReactElement {
  const { t } = useI18n();
  return (
    <li>
      <Notice tone="warn">
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
          <span dir="auto">{children}</span>
          <Button tone="secondary" onClick={onShow}>
            {t("journal.showThese")}
          </Button>
        </div>
      </Notice>
    </li>
  );
}
