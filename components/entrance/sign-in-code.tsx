"use client";

import { type ReactElement, useState } from "react";
import { Button } from "@/components/ui/button";
import { CodeField } from "@/components/ui/code-field";
import { Notice } from "@/components/ui/notice";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useAction } from "@/lib/client/hooks/use-action";
import { errorCode, useErrorText } from "@/lib/client/hooks/use-error-text";
import { Step } from "./step";

export function SignInCode(props: {
  onSubmit: (code: string) => Promise<void>;
  onLost: () => void;
  onBack: () => void;
}): ReactElement {
  const { t } = useI18n();
  const errorText = useErrorText();
  const [code, setCode] = useState("");
  const { run, busy, error } = useAction(props.onSubmit);
  // One sentence for all three: which of them was wrong is nobody's business.
  const wrong = error !== null && ["bad-credentials", "bad-code"].includes(errorCode(error));
  return (
    <Step title={t("signIn.codeTitle")} intro={t("signIn.codeHint")}>
      <form
        className="flex flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          run(code);
        }}
      >
        <CodeField
          label={t("code.label")}
          incomplete={t("code.incomplete")}
          value={code}
          onChange={setCode}
          onComplete={run}
          readOnly={busy}
          autoFocus
        />
        {error !== null && <Notice tone="danger">{wrong ? t("signIn.wrong") : errorText(error)}</Notice>}
        <Button type="submit" busy={busy}>
          {t("signIn.codeSubmit")}
        </Button>
        <Button tone="quiet" onClick={props.onLost} disabled={busy}>
          {t("signIn.lost")}
        </Button>
        <Button tone="quiet" onClick={props.onBack} disabled={busy}>
          {t("signIn.change")}
        </Button>
      </form>
    </Step>
  );
}
