"use client";

import type { ReactElement } from "react";
import { LateReports } from "@/components/reports/late-reports";
import { ReportForm } from "@/components/reports/report-form";
import { PanelFailed, PanelSkeleton } from "@/components/settings/panel";
import { Dialog } from "@/components/ui/dialog";
import { useI18n } from "@/lib/client/hooks/i18n";
import { ReportsTexts } from "@/lib/client/hooks/reports-texts";
import type { MessageDialogProps } from "./dialog-props";
import { useTalk } from "./talk";

/** Shows a message to those who may do something about it. */
export function ReportDialog(props: MessageDialogProps): ReactElement {
  const { t } = useI18n();
  return (
    <ReportsTexts
      failed={(error, retry) => (
        <Dialog
          open
          onOpenChange={props.onClose}
          title={t("common.retry")}
          closeLabel={t("common.close")}
          returnTo={props.returnTo}
        >
          <div className="p-5">
            <PanelFailed error={error} onRetry={retry} />
          </div>
        </Dialog>
      )}
    >
      <Titled {...props} />
    </ReportsTexts>
  );
}

function Titled({ message, onClose, returnTo }: MessageDialogProps): ReactElement {
  const { t } = useI18n();
  const { conversation } = useTalk();
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t("report.title")}
      description={t("report.discloses")}
      closeLabel={t("common.close")}
      returnTo={returnTo}
    >
      <div className="min-h-40 overflow-y-auto p-5 pt-4">
        <LateReports
          loading={<PanelSkeleton />}
          failed={(error, retry) => <PanelFailed error={error} onRetry={retry} />}
        >
          <ReportForm conversation={conversation} message={message} onClose={onClose} />
        </LateReports>
      </div>
    </Dialog>
  );
}
