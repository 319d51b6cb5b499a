"use client";

import type { ReactElement } from "react";
import { CopyButton } from "@/components/ui/copy-button";
import { useI18n } from "@/lib/client/hooks/i18n";
import { QrCode } from "./qr-code";

/** A new authenticator's secret in every way an app takes it: to scan, to open here, to type. */
export function AuthenticatorSecret({ uri, secret }: { uri: string; secret: string }): ReactElement {
  const { t } = useI18n();
  return (
    <div className="flex flex-col items-start gap-4">
      <QrCode text={uri} label={t("register.totpQr")} />
      <a
        href={uri}
        className="target inline-flex items-center font-medium text-accent underline underline-offset-3 pointer-fine:hidden"
      >
        {t("register.totpOpen")}
      </a>
      <div className="flex w-full flex-col gap-1.5">
        <p className="font-medium text-sm">{t("register.totpSecret")}</p>
        <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-2 rounded-lg bg-shade py-1.5 ps-3 pe-1.5">
          <code className="min-w-0 flex-1 basis-48 font-mono text-sm wrap-anywhere">
            {secret.replace(/(.{4})(?=.)/g, "$1 ")}
          </code>
          <CopyButton text={secret} label={t("common.copy")} doneLabel={t("common.copied")} />
        </div>
      </div>
    </div>
  );
}
