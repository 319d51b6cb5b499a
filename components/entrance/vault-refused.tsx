"use client";

import { type ReactElement, useState } from "react";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Notice } from "@/components/ui/notice";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useAction } from "@/lib/client/hooks/use-action";
import { useEntrance } from "@/lib/client/hooks/use-entrance";
import { useErrorText } from "@/lib/client/hooks/use-error-text";
import { goToMessenger } from "./destinations";
import { PATHS } from "./places";
import { Step } from "./step";

/** The server shows an older vault than this browser has seen, as after a backup was put back: what that means, and the way out. */
export function VaultRefused(): ReactElement {
  const { t } = useI18n();
  const errorText = useErrorText();
  const entrance = useEntrance();
  const [asking, setAsking] = useState(false);
  const forget = useAction(async () => {
    await (await entrance()).forget();
    location.assign(PATHS["sign-in"]);
  });
  return (
    <Step title={t("refused.title")} intro={t("error.vault-refused")}>
      <p className="text-pretty text-soft">{t("refused.otherwise")}</p>
      <Button icon="retry" onClick={goToMessenger}>
        {t("common.retry")}
      </Button>
      <div className="flex flex-col gap-1 border-line border-t pt-5">
        <h2 className="font-medium">{t("refused.restoredTitle")}</h2>
        <p className="text-pretty text-soft">{t("refused.restored")}</p>
        {forget.error !== null && <Notice tone="danger">{errorText(forget.error)}</Notice>}
        <div className="-mx-4 mt-2 flex">
          <Button tone="quiet" icon="trash" busy={forget.busy} onClick={() => setAsking(true)}>
            {t("account.forget")}
          </Button>
        </div>
      </div>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t("account.forgetTitle")}
        description={t("account.forgetBody")}
        confirmLabel={t("account.forgetConfirm")}
        cancelLabel={t("common.cancel")}
        closeLabel={t("common.close")}
        onConfirm={() => {
          forget.run();
          setAsking(false);
        }}
      />
    </Step>
  );
}
