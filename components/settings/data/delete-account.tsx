"use client";

import { type FormEvent, type ReactElement, useState } from "react";
import { PanelGroup } from "@/components/settings/panel";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useAccount } from "@/lib/client/hooks/use-account";
import { useAction } from "@/lib/client/hooks/use-action";
import { errorCode, useErrorText } from "@/lib/client/hooks/use-error-text";
import { useMessengerState } from "@/lib/client/hooks/use-messenger";
import { useStepUp } from "@/lib/client/hooks/use-step-up";

/** The name is typed out, so that nobody ends an account by a slip; both factors follow. */
export function DeleteAccount(): ReactElement {
  const { t } = useI18n();
  const { guard } = useStepUp();
  const { deletion } = useAccount();
  const errorText = useErrorText();
  const name = useMessengerState(({ me }) => me?.name) ?? "";
  const [typed, setTyped] = useState("");
  const [wrong, setWrong] = useState(false);
  // Success ends in the phase "deleted", which leaves this page.
  const { run, busy, error } = useAction(() => guard(() => deletion.delete(name)));

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const right = typed.trim().toLowerCase() === name;
    setWrong(!right);
    if (right) run();
  };

  return (
    <PanelGroup title={t("deletion.title")} intro={t("deletion.intro")}>
      <ul className="flex list-disc flex-col gap-1.5 ps-5 text-soft marker:text-faint">
        <li>{t("deletion.gone")}</li>
        <li>{t("deletion.stays")}</li>
        <li>{t("deletion.name")}</li>
      </ul>
      <form onSubmit={submit} className="flex flex-col items-start gap-4">
        <div className="w-full max-w-sm">
          <TextField
            label={t("deletion.type", { name })}
            error={wrong ? t("deletion.wrong", { name }) : undefined}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
          />
        </div>
        {error !== null && errorCode(error) !== "step-up-required" && (
          <Notice tone="danger">{errorText(error)}</Notice>
        )}
        <Button type="submit" tone="danger" icon="trash" busy={busy}>
          {t("deletion.submit")}
        </Button>
      </form>
    </PanelGroup>
  );
}
