"use client";

import { type ReactElement, useState } from "react";
import { PanelGroup } from "@/components/settings/panel";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useAccount } from "@/lib/client/hooks/use-account";
import { useErrorText } from "@/lib/client/hooks/use-error-text";
import { useGuardedAction } from "@/lib/client/hooks/use-step-up";
import { LinkByCode } from "./link-by-code";
import { LinkBySymbols } from "./link-by-symbols";

/** Both factors first: a code lasts two minutes, and this may take one of them. */
export function LinkBrowser({ onLinked }: { onLinked: () => void }): ReactElement {
  const { t } = useI18n();
  const errorText = useErrorText();
  const { linking } = useAccount();
  const [open, setOpen] = useState(false);
  const start = useGuardedAction(async () => {
    await linking.newcomers();
    setOpen(true);
  });
  return (
    <PanelGroup title={t("linking.title")} intro={t("linking.intro")}>
      {start.error !== null && <Notice tone="danger">{errorText(start.error)}</Notice>}
      <Button tone="secondary" icon="scan" className="self-start" busy={start.busy} onClick={start.run}>
        {t("linking.start")}
      </Button>
      {open && (
        <LinkDialog
          onClose={() => {
            setOpen(false);
            onLinked();
          }}
        />
      )}
    </PanelGroup>
  );
}

function LinkDialog({ onClose }: { onClose: () => void }): ReactElement {
  const { t } = useI18n();
  const [way, setWay] = useState<"code" | "symbols" | "done">("code");
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={t("linking.title")}
      closeLabel={t("common.close")}
    >
      <div className="flex flex-col gap-4 overflow-y-auto p-5">
        {way === "code" && <LinkByCode onSymbols={() => setWay("symbols")} onDone={() => setWay("done")} />}
        {way === "symbols" && <LinkBySymbols onCode={() => setWay("code")} onDone={() => setWay("done")} />}
        {way === "done" && (
          <>
            <p role="status">{t("linking.done")}</p>
            <Button onClick={onClose}>{t("common.close")}</Button>
          </>
        )}
      </div>
    </Dialog>
  );
}
