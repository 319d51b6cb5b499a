"use client";

import { type ReactElement, useState } from "react";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { PasswordField } from "@/components/ui/password-field";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useAction } from "@/lib/client/hooks/use-action";
import { useErrorText } from "@/lib/client/hooks/use-error-text";
import { Elsewhere, Step } from "./step";

export interface Credentials {
  readonly name: string;
  readonly password: string;
}

export function SignInCredentials(props: {
  initialName: string;
  onSubmit: (form: Credentials) => Promise<void>;
}): ReactElement {
  const { t } = useI18n();
  const errorText = useErrorText();
  const [name, setName] = useState(props.initialName);
  const [password, setPassword] = useState("");
  const { run, busy, error } = useAction(props.onSubmit);
  return (
    <Step title={t("signIn.title")}>
      <form
        className="flex flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          run({ name: name.trim(), password });
        }}
      >
        <TextField
          label={t("signIn.name")}
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          required
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <PasswordField
          label={t("signIn.password")}
          showLabel={t("password.show")}
          hideLabel={t("password.hide")}
          name="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        {error !== null && <Notice tone="danger">{errorText(error)}</Notice>}
        <Button type="submit" busy={busy}>
          {t("signIn.submit")}
        </Button>
      </form>
      <Elsewhere question={t("signIn.noAccount")} href="/register" label={t("signIn.register")} />
    </Step>
  );
}
