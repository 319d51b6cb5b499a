"use client";

import { type ReactElement, useState } from "react";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useAccount } from "@/lib/client/hooks/use-account";
import { useAction } from "@/lib/client/hooks/use-action";
import { errorCode, useErrorText } from "@/lib/client/hooks/use-error-text";
import type { Person } from "@/lib/client/model";
import { LIMITS } from "@/lib/protocol/limits";

export function ProfileForm({ me }: { me: Person }): ReactElement {
  const { t } = useI18n();
  const errorText = useErrorText();
  const { profile } = useAccount();
  const [displayName, setDisplayName] = useState(me.displayName);
  const [status, setStatus] = useState(me.status);
  const [saved, setSaved] = useState(false);
  const { run, busy, error, clearError } = useAction(async () => {
    await profile.change({ displayName: displayName.trim(), status: status.trim() });
    setSaved(true);
  });
  const edit = (set: (text: string) => void) => (event: { target: { value: string } }) => {
    set(event.target.value);
    setSaved(false);
    clearError();
  };
  const nameless = displayName.trim() === "";
  const changed = displayName.trim() !== me.displayName || status.trim() !== me.status;
  return (
    <form
      noValidate
      className="flex max-w-md flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        if (!nameless) run();
      }}
    >
      <TextField
        label={t("register.displayName")}
        error={nameless ? t("register.displayNameLength", LIMITS.displayNameChars) : undefined}
        autoComplete="name"
        dir="auto"
        maxLength={LIMITS.displayNameChars.max}
        value={displayName}
        onChange={edit(setDisplayName)}
      />
      <TextField
        label={t("profile.status")}
        hint={t("profile.statusHint", { count: LIMITS.statusChars - status.length })}
        autoComplete="off"
        dir="auto"
        maxLength={LIMITS.statusChars}
        value={status}
        onChange={edit(setStatus)}
      />
      {error !== null && (
        <Notice tone="danger">
          {errorCode(error) === "bad-request" ? t("profile.characters") : errorText(error)}
        </Notice>
      )}
      <div className="flex items-center gap-3">
        <Button type="submit" busy={busy} disabled={!changed || nameless}>
          {t("profile.save")}
        </Button>
        <p role="status" className="text-good text-sm">
          {saved && !changed && t("profile.saved")}
        </p>
      </div>
    </form>
  );
}
