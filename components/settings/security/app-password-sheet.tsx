"use client";

import type { ReactElement } from "react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Dialog } from "@/components/ui/dialog";
import { useI18n } from "@/lib/client/hooks/i18n";

/** The one time that it is shown. */
export function AppPasswordSheet(props: { appPassword: string; onDone: () => void }): ReactElement {
  const { appPassword, onDone } = props;
  const { t } = useI18n();
  return (
    <Dialog
      open
      keepOpen
      onOpenChange={(open) => open || onDone()}
      title={t("appPasswords.sheetTitle")}
      description={t("appPasswords.sheetBody")}
      closeLabel={t("common.close")}
    >
      <div className="flex flex-col gap-5 p-5">
        <p className="flex flex-col gap-1.5">
          <span className="font-medium text-sm">{t("appPasswords.one")}</span>
          <code className="select-all rounded-lg border border-edge px-3 py-2.5 font-mono wrap-anywhere">
            {appPassword}
          </code>
        </p>
        <CopyButton
          text={appPassword}
          label={t("appPasswords.copy")}
          doneLabel={t("appPasswords.copied")}
          className="self-start"
        />
        <Button onClick={onDone}>{t("appPasswords.saved")}</Button>
      </div>
    </Dialog>
  );
}
