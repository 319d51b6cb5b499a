"use client";

import type { ReactElement } from "react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Dialog } from "@/components/ui/dialog";
import { TextField } from "@/components/ui/field";
import { useI18n } from "@/lib/client/hooks/i18n";

/** The one time that it is shown. */
export function AppPasswordSheet(props: { appPassword: string; onDone: () => void }): ReactElement {
  const { appPassword, onDone } = props;
  const { t } = useI18n();
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onDone()}
      title={t("appPasswords.sheetTitle")}
      description={t("appPasswords.sheetBody")}
      closeLabel={t("common.close")}
    >
      <div className="flex flex-col gap-5 p-5">
        <TextField
          label={t("appPasswords.one")}
          readOnly
          value={appPassword}
          className="font-mono"
          onFocus={(event) => event.target.select()}
        />
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
