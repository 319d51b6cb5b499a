"use client";

import { type ReactElement, useState } from "react";
import { PanelFailed, PanelGroup } from "@/components/settings/panel";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { Skeleton } from "@/components/ui/skeleton";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useAccount } from "@/lib/client/hooks/use-account";
import { errorCode, useErrorText } from "@/lib/client/hooks/use-error-text";
import { useLoaded } from "@/lib/client/hooks/use-loaded";
import { useGuardedAction } from "@/lib/client/hooks/use-step-up";
import { LIMITS } from "@/lib/protocol/limits";

export function EmailGroup(): ReactElement {
  const { t } = useI18n();
  const { credentials } = useAccount();
  const { value, error, reload } = useLoaded(credentials.status);
  return (
    <PanelGroup title={t("email.title")} intro={t("email.intro")}>
      {value ? (
        <EmailForm email={value.email ?? ""} onChange={reload} />
      ) : error === null ? (
        <Skeleton className="h-10 max-w-md rounded-lg" />
      ) : (
        <PanelFailed error={error} onRetry={reload} />
      )}
    </PanelGroup>
  );
}

function EmailForm(props: { email: string; onChange: () => void }): ReactElement {
  const { t } = useI18n();
  const errorText = useErrorText();
  const { profile } = useAccount();
  const [email, setEmail] = useState(props.email);
  const [saved, setSaved] = useState(false);
  const { run, busy, error, clearError } = useGuardedAction(async () => {
    await profile.setEmail(email.trim() || null);
    setSaved(true);
    props.onChange();
  });
  const code = error === null ? null : errorCode(error);
  const misshapen = code === "bad-request";
  const ofField = misshapen || code === "email-taken";
  const changed = email.trim() !== props.email;
  return (
    <form
      noValidate
      className="flex max-w-md flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        run();
      }}
    >
      <TextField
        label={t("email.label")}
        hint={t("email.hint")}
        error={ofField ? (misshapen ? t("email.shape") : errorText(error)) : undefined}
        type="email"
        name="email"
        autoComplete="email"
        maxLength={LIMITS.emailChars}
        value={email}
        onChange={(event) => {
          setEmail(event.target.value);
          setSaved(false);
          clearError();
        }}
      />
      {error !== null && !ofField && <Notice tone="danger">{errorText(error)}</Notice>}
      <div className="flex items-center gap-3">
        <Button type="submit" tone="secondary" busy={busy} disabled={!changed}>
          {t(email.trim() === "" && props.email !== "" ? "email.remove" : "email.save")}
        </Button>
        <p role="status" className="text-good text-sm">
          {saved && !changed && t("profile.saved")}
        </p>
      </div>
    </form>
  );
}
