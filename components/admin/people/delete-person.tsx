"use client";

import { type ReactElement, useState } from "react";
import { PanelGroup } from "@/components/settings/panel";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { usePeopleCalls } from "@/lib/client/hooks/admin/people";
import { adminHref } from "@/lib/client/hooks/admin/use-admin-route";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useErrorText } from "@/lib/client/hooks/use-error-text";
import { useGuardedAction } from "@/lib/client/hooks/use-step-up";
import type { PersonRow } from "@/lib/protocol/http/admin/people";

/** The name is typed out, so that nobody ends an account by a slip. */
export function DeletePerson({ person }: { person: PersonRow }): ReactElement {
  const { name } = person;
  const { t } = useI18n();
  const calls = usePeopleCalls();
  const errorText = useErrorText();
  const [typed, setTyped] = useState("");
  const [wrong, setWrong] = useState(false);
  const { run, busy, error } = useGuardedAction(async () => {
    await calls.delete(person.id, name);
    location.hash = adminHref("people");
  });
  return (
    <PanelGroup title={t("people.delete")} intro={t("people.deleteIntro")}>
      <form
        className="flex max-w-xl flex-col items-start gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          const right = typed.trim().toLowerCase() === name;
          setWrong(!right);
          if (right) run();
        }}
      >
        <div className="w-full">
          <TextField
            label={t("people.deleteType", { name })}
            error={wrong ? t("people.deleteWrong", { name }) : undefined}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
          />
        </div>
        {error !== null && <Notice tone="danger">{errorText(error)}</Notice>}
        <Button type="submit" tone="danger" icon="trash" busy={busy}>
          {t("people.delete")}
        </Button>
      </form>
    </PanelGroup>
  );
}
