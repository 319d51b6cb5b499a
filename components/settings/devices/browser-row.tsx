"use client";

import { type ReactElement, useState } from "react";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Icon } from "@/components/ui/icons";
import { Notice } from "@/components/ui/notice";
import { useI18n } from "@/lib/client/hooks/i18n";
import { formatTime } from "@/lib/client/hooks/time-format";
import { useAccount } from "@/lib/client/hooks/use-account";
import { useAction } from "@/lib/client/hooks/use-action";
import { errorCode, useErrorText } from "@/lib/client/hooks/use-error-text";
import { useStepUp } from "@/lib/client/hooks/use-step-up";
import type { Browser } from "@/lib/client/model-account";
import { RenameDialog } from "./rename-dialog";

type Asking = "rename" | "remove" | null;

/** One browser: what it is, when it was used last, and what can be done about it. */
export function BrowserRow({ browser, onChange }: { browser: Browser; onChange: () => void }): ReactElement {
  const { t, locale } = useI18n();
  const { sessions } = useAccount();
  const { guard } = useStepUp();
  const errorText = useErrorText();
  const [asking, setAsking] = useState<Asking>(null);
  const { device, name, seen, here } = browser;
  const end = useAction(async () => {
    await sessions.end(browser);
    onChange();
  });
  const remove = useAction(async () => {
    setAsking(null);
    if (device) await guard(() => sessions.remove(device));
    onChange();
  });
  const error = end.error ?? remove.error;
  const close = (open: boolean) => open || setAsking(null);
  return (
    <li className="flex flex-col gap-2.5 px-4 py-3.5">
      <div className="flex items-start gap-3">
        <Icon name="monitor" className="mt-0.5 size-5 text-soft" />
        <div className="min-w-0 flex-1">
          <p className="font-medium wrap-anywhere">
            <bdi>{name}</bdi>
          </p>
          <p className="text-soft text-sm wrap-anywhere">
            {here
              ? t("devices.here")
              : seen
                ? t("devices.seen", { time: formatTime(seen.at, locale, "moment") })
                : t("devices.signedOut")}
            {seen && ` · ${seen.address}`}
          </p>
          {browser.appPassword !== null && (
            <p className="text-soft text-sm wrap-anywhere">
              {t("devices.appPassword")} <bdi>{browser.appPassword}</bdi>
            </p>
          )}
          <p className="text-faint text-sm">
            {t(device ? "devices.keysSince" : "devices.noKeys", {
              time: formatTime(browser.since, locale, "moment"),
            })}
          </p>
        </div>
      </div>
      {!here && browser.suspicions.length > 0 && (
        <Notice tone="warn" className="sm:ms-8">
          {browser.suspicions.map((each) => t(`suspicion.${each}`)).join(" ")}
        </Notice>
      )}
      <div className="-ms-1 flex flex-wrap gap-1 sm:ms-5">
        {device && (
          <Button tone="quiet" onClick={() => setAsking("rename")}>
            {t("devices.rename")}
          </Button>
        )}
        {!here && seen && (
          <Button tone="quiet" busy={end.busy} onClick={end.run}>
            {t("devices.end")}
          </Button>
        )}
        {!here && device && (
          <Button tone="quiet" busy={remove.busy} onClick={() => setAsking("remove")}>
            {t("devices.remove")}
          </Button>
        )}
      </div>
      {error !== null && errorCode(error) !== "step-up-required" && (
        <Notice tone="danger">{errorText(error)}</Notice>
      )}
      {device && asking === "rename" && (
        <RenameDialog
          name={name}
          onRename={async (next) => {
            await sessions.rename(device, next);
            onChange();
          }}
          onClose={() => setAsking(null)}
        />
      )}
      <ConfirmDialog
        open={asking === "remove"}
        onOpenChange={close}
        title={t("devices.removeTitle", { name })}
        description={t("devices.removeBody")}
        confirmLabel={t("devices.removeConfirm")}
        cancelLabel={t("common.cancel")}
        closeLabel={t("common.close")}
        onConfirm={remove.run}
      />
    </li>
  );
}
