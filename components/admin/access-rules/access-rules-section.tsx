"use client";

import type { ReactElement } from "react";
import { AdminFailed } from "@/components/admin/admin-failed";
import { PanelGroup, PanelSkeleton } from "@/components/settings/panel";
import { AccessRulesProvider, useAccessRuleCalls } from "@/lib/client/hooks/admin/access-rules";
import { useGuarded } from "@/lib/client/hooks/admin/use-guarded";
import { useI18n } from "@/lib/client/hooks/i18n";
import { errorCode } from "@/lib/client/hooks/use-error-text";
import { RulesEditor } from "./rules-editor";
import { TrialNotice } from "./trial-notice";

const failed = (error: unknown, retry: () => void) => <AdminFailed error={error} onRetry={retry} />;

/** Who may come in from where. */
export function AccessRulesSection(): ReactElement {
  return (
    <AccessRulesProvider loading={<PanelSkeleton />} failed={failed}>
      <Rules />
    </AccessRulesProvider>
  );
}

function Rules(): ReactElement {
  const { t } = useI18n();
  const { read } = useAccessRuleCalls();
  const { value, error, reload } = useGuarded(read);
  const isOut = error !== null && errorCode(error) === "access-refused";
  if (!value || isOut)
    return error === null ? <PanelSkeleton /> : <AdminFailed error={error} onRetry={reload} />;
  return (
    <PanelGroup title={t("accessRules.title")} intro={t("accessRules.intro")}>
      <p className="text-soft text-sm">{t("accessRules.from", { address: value.address })}</p>
      {value.trialUntil !== null && (
        <TrialNotice version={value.version} until={value.trialUntil} onChanged={reload} />
      )}
      <RulesEditor key={`${value.version} ${value.trialUntil}`} view={value} onSaved={reload} />
    </PanelGroup>
  );
}
