"use client";

import { type ReactElement, useState } from "react";
import { Button } from "@/components/ui/button";
import { CodeField } from "@/components/ui/code-field";
import { CopyButton } from "@/components/ui/copy-button";
import { Notice } from "@/components/ui/notice";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useAction } from "@/lib/client/hooks/use-action";
import { errorCode, useErrorText } from "@/lib/client/hooks/use-error-text";
import { QrCode } from "./qr-code";
import { Step } from "./step";

export function RegistrationTotp(props: {
  uri: string;
  secret: string;
  onSubmit: (code: string) => Promise<void>;
  onBack: () => void;
}): ReactElement {
  const { t } = useI18n();
  const errorText = useErrorText();
  const [code, setCode] = useState("");
  const { run, busy, error } = useAction(props.onSubmit);
  const wrong = error !== null && errorCode(error) === "bad-code";
  return (
    <Step title={t("register.totpTitle")} intro={t("register.totpIntro")}>
      <div className="flex flex-col items-start gap-4">
        <QrCode text={props.uri} label={t("register.totpQr")} />
        <a
          href={props.uri}
          className="target inline-flex items-center font-medium text-accent underline underline-offset-3 pointer-fine:hidden"
        >
          {t("register.totpOpen")}
        </a>
        <div className="flex w-full flex-col gap-1.5">
          <p className="font-medium text-sm">{t("register.totpSecret")}</p>
          <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-2 rounded-lg bg-shade py-1.5 ps-3 pe-1.5">
            <code className="min-w-0 flex-1 basis-48 font-mono text-sm wrap-anywhere">
              {props.secret.replace(/(.{4})(?=.)/g, "$1 ")}
            </code>
            <CopyButton text={props.secret} label={t("common.copy")} doneLabel={t("common.copied")} />
          </div>
        </div>
      </div>
      <form
        className="flex flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          run(code);
        }}
      >
        <CodeField
          label={t("register.totpCode")}
          value={code}
          onChange={setCode}
          onComplete={run}
          readOnly={busy}
          error={wrong ? t("register.totpBad") : undefined}
        />
        {error !== null && !wrong && <Notice tone="danger">{errorText(error)}</Notice>}
        <Button type="submit" busy={busy}>
          {t("register.totpSubmit")}
        </Button>
        <Button tone="quiet" onClick={props.onBack} disabled={busy}>
          {t("common.back")}
        </Button>
      </form>
    </Step>
  );
}
