"use client";

import { type ReactElement, useState } from "react";
import { PanelGroup } from "@/components/settings/panel";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Notice } from "@/components/ui/notice";
import { SwitchField } from "@/components/ui/switch-field";
import { type PersonView, usePeopleCalls } from "@/lib/client/hooks/admin/people";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useErrorText } from "@/lib/client/hooks/use-error-text";
import { useGuardedAction } from "@/lib/client/hooks/use-step-up";

/** Whether somebody may sign programs in without both factors: for bots. */
export function PersonAppPasswords(props: { details: PersonView; onChanged: () => void }): ReactElement {
  const { person, appPasswords } = props.details;
  const { t } = useI18n();
  const calls = usePeopleCalls();
  const errorText = useErrorText();
  const [asking, setAsking] = useState(false);
  const { run, error } = useGuardedAction(async (allowed: boolean) => {
    await calls.allowAppPasswords(person.id, allowed);
    props.onChanged();
  });
  return (
    <PanelGroup title={t("people.appPasswords")} intro={t("people.appPasswordsIntro")}>
      <SwitchField
        label={t("people.appPasswordsMay")}
        hint={
          appPasswords > 0
            ? t("people.appPasswordsCount", { count: appPasswords })
            : t("people.appPasswordsNone")
        }
        on={person.mayUseAppPasswords}
        onChange={(allowed) => (allowed || appPasswords === 0 ? run(allowed) : setAsking(true))}
      />
      {error !== null && <Notice tone="danger">{errorText(error)}</Notice>}
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t("people.appPasswordsEnd")}
        description={t("people.appPasswordsSure", { name: person.displayName })}
        confirmLabel={t("people.appPasswordsEnd")}
        cancelLabel={t("people.cancel")}
        closeLabel={t("common.close")}
        onConfirm={() => {
          setAsking(false);
          run(false);
        }}
      />
    </PanelGroup>
  );
}
