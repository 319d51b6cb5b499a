"use client";

import { type ReactElement, useCallback } from "react";
import { AdminFailed } from "@/components/admin/admin-failed";
import { PanelGroup, PanelSkeleton } from "@/components/settings/panel";
import { AccessRulesProvider, useAccessRuleCalls } from "@/lib/client/hooks/admin/access-rules";
import { adminHref } from "@/lib/client/hooks/admin/use-admin-route";
import { useGuarded } from "@/lib/client/hooks/admin/use-guarded";
import { useI18n } from "@/lib/client/hooks/i18n";
import { errorCode } from "@/lib/client/hooks/use-error-text";
import { RulesEditor } from "./rules-editor";
import { TrialNotice } from "./trial-notice";

const failed = (error: unknown, retry: () => void) => <AdminFailed error={error} onRetry={retry} />;

/** Who may come in from where. @param props.detail a room that a new rule is to be about */
export function AccessRulesSection({ detail }: { detail: string | null }): ReactElement {
  return (
    <AccessRulesProvider loading={<PanelSkeleton />} failed={failed}>
      <Rules key={detail} about={detail} />
    </AccessRulesProvider>
  );
}

function Rules({ about }: { about: string | null }): ReactElement {
  const { t } = useI18n();
  const { read, findRooms } = useAccessRuleCalls();
  const { value, error, reload } = useGuarded(
    useCallback(async () => {
      const [view, [room = null]] = await Promise.all([read(), about ? findRooms(about) : []]);
      return { ...view, about: room };
    }, [read, findRooms, about]),
  );
  const readAgain = useCallback(() => {
    // The rule for it is set.
    if (about) location.hash = adminHref("access-rules");
    else reload();
  }, [about, reload]);
  const isOut = error !== null && errorCode(error) === "access-refused";
  if (!value || isOut)
    return error === null ? <PanelSkeleton /> : <AdminFailed error={error} onRetry={reload} />;
  return (
    <PanelGroup title={t("accessRules.title")} intro={t("accessRules.intro")}>
      <p className="text-soft text-sm">{t("accessRules.from", { address: value.address })}</p>
      {value.trialUntil !== null && (
        <TrialNotice version={value.version} until={value.trialUntil} onChanged={readAgain} />
      )}
      <RulesEditor
        key={`${value.version} ${value.trialUntil}`}
        view={value}
        about={value.about}
        onSaved={readAgain}
      />
    </PanelGroup>
  );
}
