"use client";

import { type ReactElement, useState } from "react";
import { PanelGroup } from "@/components/settings/panel";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { useI18n } from "@/lib/client/hooks/i18n";
import { formatDate } from "@/lib/client/hooks/time-format";
import { useAccount } from "@/lib/client/hooks/use-account";
import { useAction } from "@/lib/client/hooks/use-action";
import { useErrorText } from "@/lib/client/hooks/use-error-text";
import type { KeyStatus, RenewalStep } from "@/lib/client/model-account";

/** When the keys were renewed, when they will be, and doing it now. */
export function RenewalGroup(props: { status: KeyStatus; onChange: () => void }): ReactElement {
  const { renewedAt, nextRenewalAt, renewalDue } = props.status;
  const { t, locale } = useI18n();
  const errorText = useErrorText();
  const { keys } = useAccount();
  const [step, setStep] = useState<RenewalStep | null>(null);
  const [done, setDone] = useState(false);
  const { run, busy, error } = useAction(async () => {
    setDone(false);
    try {
      await keys.renew(setStep);
      setDone(true);
    } finally {
      setStep(null);
      props.onChange();
    }
  });
  return (
    <PanelGroup title={t("renewal.title")} intro={t("renewal.intro")}>
      <div className="flex flex-col gap-1">
        <p className="font-medium">{t("renewal.last", { date: formatDate(renewedAt, locale) })}</p>
        {!renewalDue && (
          <p className="text-soft">
            {nextRenewalAt === null
              ? t("renewal.never")
              : t("renewal.next", { date: formatDate(nextRenewalAt, locale) })}
          </p>
        )}
      </div>
      {renewalDue && !busy && <Notice tone="warn">{t("renewal.due")}</Notice>}
      {done && (
        <Notice icon="check">
          <span role="status">{t("renewal.done")}</span>
        </Notice>
      )}
      {error !== null && <Notice tone="danger">{errorText(error)}</Notice>}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button tone={renewalDue ? "primary" : "secondary"} busy={busy} onClick={run}>
          {t("renewal.renew")}
        </Button>
        <p role="status" className="text-soft">
          {step && t(`renewal.${step}`)}
        </p>
      </div>
    </PanelGroup>
  );
}
