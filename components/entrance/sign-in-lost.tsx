"use client";

import { type ReactElement, useState } from "react";
import { readSignInCode, SignInCodeField } from "@/components/account/sign-in-code-field";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useAction } from "@/lib/client/hooks/use-action";
import { errorCode, useErrorText } from "@/lib/client/hooks/use-error-text";
import { useFocusWrong } from "@/lib/client/hooks/use-focus-wrong";
import { Step } from "./step";

/** The second step without an authenticator. */
export function SignInLost(props: {
  onSubmit: (code: string) => Promise<void>;
  onBack: () => void;
}): ReactElement {
  const { t } = useI18n();
  const errorText = useErrorText();
  const [typed, setTyped] = useState("");
  const [refused, setRefused] = useState(0);
  const { run, busy, error } = useAction(props.onSubmit);
  const wrong = error !== null && errorCode(error) === "bad-credentials";
  return (
    <Step title={t("signIn.lostTitle")} intro={t("signIn.lostBody")}>
      <form
        ref={useFocusWrong(refused)}
        noValidate
        className="flex flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          const code = readSignInCode(typed);
          if (code === null) setRefused(refused + 1);
          else run(code);
        }}
      >
        <SignInCodeField
          value={typed}
          onChange={(next) => {
            setTyped(next);
            setRefused(0);
          }}
          refused={refused > 0}
          readOnly={busy}
        />
        {error !== null && <Notice tone="danger">{wrong ? t("signIn.lostWrong") : errorText(error)}</Notice>}
        <Button type="submit" busy={busy}>
          {t("signIn.codeSubmit")}
        </Button>
        <Button tone="quiet" onClick={props.onBack} disabled={busy}>
          {t("signIn.useApp")}
        </Button>
      </form>
    </Step>
  );
}
