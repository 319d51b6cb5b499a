"use client";

import { type ReactElement, useState } from "react";
import { PanelGroup } from "@/components/settings/panel";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { SelectField } from "@/components/ui/select-field";
import { usePeopleCalls } from "@/lib/client/hooks/admin/people";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useErrorText } from "@/lib/client/hooks/use-error-text";
import { useGuardedAction } from "@/lib/client/hooks/use-step-up";
import type { PersonRow } from "@/lib/protocol/http/admin/people";
import { ROLES } from "@/lib/protocol/roles";

/** What somebody may be on this server. */
export function PersonRole(props: { person: PersonRow; onChanged: () => void }): ReactElement {
  const { person, onChanged } = props;
  const { t } = useI18n();
  const calls = usePeopleCalls();
  const errorText = useErrorText();
  const [role, setRole] = useState(person.role);
  const { run, busy, error, clearError } = useGuardedAction(async () => {
    await calls.setRole(person.id, role);
    onChanged();
  });
  return (
    <PanelGroup title={t("people.role")} intro={t("people.roleIntro")}>
      <form
        className="flex max-w-xl flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          run();
        }}
      >
        <SelectField
          label={t("people.role")}
          hint={t(`people.role.${role}Does`)}
          value={role}
          choices={ROLES.map((value) => ({ value, label: t(`people.role.${value}`) }))}
          onChange={(chosen) => {
            setRole(chosen);
            clearError();
          }}
        />
        {error !== null && <Notice tone="danger">{errorText(error)}</Notice>}
        <Button type="submit" busy={busy} disabled={role === person.role} className="self-start">
          {t("people.saveRole")}
        </Button>
      </form>
    </PanelGroup>
  );
}
