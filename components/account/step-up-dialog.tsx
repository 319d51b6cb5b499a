"use client";

import { type ReactElement, useState } from "react";
import { Button } from "@/components/ui/button";
import { CodeField } from "@/components/ui/code-field";
import { Dialog } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import { PasswordField } from "@/components/ui/password-field";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useAction } from "@/lib/client/hooks/use-action";
import { errorCode, useErrorText } from "@/lib/client/hooks/use-error-text";
import { useFocusWrong } from "@/lib/client/hooks/use-focus-wrong";
import type { StepUpProof } from "@/lib/client/model-account";
import { readSignInCode, SignInCodeField } from "./sign-in-code-field";

export function StepUpDialog(props: {
  onConfirm: (proof: StepUpProof) => Promise<void>;
  onDismiss: () => void;
}): ReactElement {
  const { t } = useI18n();
  const errorText = useErrorText();
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const { run, busy, error } = useAction(props.onConfirm);
  const [lost, setLost] = useState(false);
  const [refused, setRefused] = useState(0);
  const send = (): void => {
    const given = lost ? readSignInCode(code) : code;
    if (given === null) setRefused(refused + 1);
    else run({ password, code: given });
  };
  const wrong = error !== null && ["bad-credentials", "bad-password"].includes(errorCode(error));
  return (
    <Dialog
      open
      onOpenChange={(open) => open || props.onDismiss()}
      title={t("stepUp.title")}
      description={t("stepUp.body")}
      closeLabel={t("common.close")}
    >
      <form
        ref={useFocusWrong(refused)}
        className="flex flex-col gap-5 overflow-y-auto p-5"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <PasswordField
          label={t("stepUp.password")}
          showLabel={t("password.show")}
          hideLabel={t("password.hide")}
          name="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        {lost ? (
          <SignInCodeField
            value={code}
            onChange={(typed) => {
              setCode(typed);
              setRefused(0);
            }}
            refused={refused > 0}
            readOnly={busy}
          />
        ) : (
          <CodeField
            label={t("stepUp.code")}
            hint={t("stepUp.codeHint")}
            incomplete={t("code.incomplete")}
            value={code}
            onChange={setCode}
            onComplete={(digits) => password !== "" && run({ password, code: digits })}
            readOnly={busy}
          />
        )}
        <Button
          tone="quiet"
          className="-mx-4 -my-2 self-start"
          disabled={busy}
          onClick={() => {
            setLost(!lost);
            setCode("");
            setRefused(0);
          }}
        >
          {t(lost ? "signIn.useApp" : "signIn.lost")}
        </Button>
        {error !== null && <Notice tone="danger">{wrong ? t("stepUp.wrong") : errorText(error)}</Notice>}
        <div className="flex flex-wrap justify-end gap-2">
          <Button tone="secondary" onClick={props.onDismiss}>
            {t("common.cancel")}
          </Button>
          <Button type="submit" busy={busy}>
            {t("stepUp.confirm")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
