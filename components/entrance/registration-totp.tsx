"use client";

import { type ReactElement, useState } from "react";
import { Button } from "@/components/ui/button";
import { CodeField } from "@/components/ui/code-field";
import { Notice } from "@/components/ui/notice";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useAction } from "@/lib/client/hooks/use-action";
import { errorCode, useErrorText } from "@/lib/client/hooks/use-error-text";
import { AuthenticatorSecret } from "./authenticator-secret";
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
      <AuthenticatorSecret uri={props.uri} secret={props.secret} />
      <form
        className="flex flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          run(code);
        }}
      >
        <CodeField
          label={t("register.totpCode")}
          incomplete={t("code.incomplete")}
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
