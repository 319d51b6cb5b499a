"use client";

import { type ReactElement, useState } from "react";
import { OnceLink } from "@/components/admin/once-link";
import { PanelGroup } from "@/components/settings/panel";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Notice } from "@/components/ui/notice";
import { usePeopleCalls } from "@/lib/client/hooks/admin/people";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useErrorText } from "@/lib/client/hooks/use-error-text";
import { useGuardedAction } from "@/lib/client/hooks/use-step-up";
import type { PersonRow } from "@/lib/protocol/http/admin/people";
import { usePersonWords } from "./words";

/** Ends somebody's authenticator, and makes the link by which they set up another one. */
export function PersonAuthenticator(props: { person: PersonRow; onChanged: () => void }): ReactElement {
  const { id, displayName } = props.person;
  const { t } = useI18n();
  const words = usePersonWords();
  const calls = usePeopleCalls();
  const errorText = useErrorText();
  const [asking, setAsking] = useState(false);
  const [made, setMade] = useState<{ link: string; expiresAt: number } | null>(null);
  const { run, busy, error } = useGuardedAction(async () => {
    setMade(await calls.endAuthenticator(id));
    props.onChanged();
  });
  return (
    <PanelGroup title={t("people.authenticator")} intro={t("people.authenticatorIntro")}>
      {made && (
        <div className="flex max-w-xl flex-col gap-4">
          <OnceLink
            link={made.link}
            label={t("people.authenticatorLink", { time: words.moment(made.expiresAt) })}
            notice={t("people.authenticatorOnce")}
            copyLabel={t("people.authenticatorCopy")}
            copiedLabel={t("people.authenticatorCopied")}
          />
        </div>
      )}
      {error !== null && <Notice tone="danger">{errorText(error)}</Notice>}
      <Button tone="secondary" icon="key" busy={busy} onClick={() => setAsking(true)} className="self-start">
        {t("people.authenticatorEnd")}
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t("people.authenticator")}
        description={t("people.authenticatorSure", { name: displayName })}
        confirmLabel={t("people.authenticatorConfirm")}
        cancelLabel={t("people.cancel")}
        closeLabel={t("common.close")}
        onConfirm={() => {
          setAsking(false);
          run();
        }}
      />
    </PanelGroup>
  );
}
