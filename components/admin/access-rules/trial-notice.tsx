"use client";

import { type ReactElement, useEffect } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { useAccessRuleCalls } from "@/lib/client/hooks/admin/access-rules";
import { useAdmin } from "@/lib/client/hooks/admin/use-admin";
import { useI18n } from "@/lib/client/hooks/i18n";
import { formatTime } from "@/lib/client/hooks/time-format";
import { useErrorText } from "@/lib/client/hooks/use-error-text";
import { useGuardedAction } from "@/lib/client/hooks/use-step-up";

interface TrialProps {
  version: number;
  until: number;
  onChanged: () => void;
}

/** Rules that shut out who set them: whoever sees this is let in, and may keep them. */
export function TrialNotice({ version, until, onChanged }: TrialProps): ReactElement {
  const { t, locale } = useI18n();
  const { may } = useAdmin();
  const { confirm } = useAccessRuleCalls();
  const errorText = useErrorText();
  const { run, busy, error } = useGuardedAction(async () => {
    await confirm(version);
    onChanged();
  });
  useEffect(() => {
    const timer = setTimeout(onChanged, Math.max(until - Date.now(), 0) + 1_000);
    return () => clearTimeout(timer);
  }, [until, onChanged]);
  return (
    <div className="flex flex-col items-start gap-3">
      <Notice tone="warn" icon="clock">
        {t("accessRules.trial", { time: formatTime(until, locale, "moment") })}
      </Notice>
      {error !== null && <Notice tone="danger">{errorText(error)}</Notice>}
      {may("change-access-rules") && (
        <Button busy={busy} onClick={() => run()}>
          {t("accessRules.confirm")}
        </Button>
      )}
    </div>
  );
}
