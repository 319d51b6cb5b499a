"use client";

import type { ReactElement } from "react";
import { PanelGroup } from "@/components/settings/panel";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { usePeopleCalls } from "@/lib/client/hooks/admin/people";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useErrorText } from "@/lib/client/hooks/use-error-text";
import { useGuardedAction } from "@/lib/client/hooks/use-step-up";
import type { PersonRow, RestraintForm, RestraintView } from "@/lib/protocol/http/admin/people";
import { RestraintFields } from "./restraint-fields";
import { usePersonWords } from "./words";

interface RestraintProps {
  person: PersonRow;
  /** Within reach of who looks. */
  within: boolean;
  onChanged: () => void;
}

const TITLES = { suspended: "people.kept", banned: "people.kept", muted: "people.muted" } as const;
const SENTENCES = {
  suspended: "people.keptSuspended",
  banned: "people.keptBanned",
  muted: "people.keptMuted",
} as const;

/** Keeps somebody out or mutes them, or says why they are and lets them in again. */
export function PersonRestraint({ person, within, onChanged }: RestraintProps): ReactElement {
  const { t } = useI18n();
  const calls = usePeopleCalls();
  const errorText = useErrorText();
  const { restraint } = person;
  const restrain = useGuardedAction(async (form: RestraintForm) => {
    await calls.restrain(person.id, form);
    onChanged();
  });
  const lift = useGuardedAction(async () => {
    await calls.lift(person.id);
    onChanged();
  });
  const error = restrain.error ?? lift.error;
  return (
    <PanelGroup
      title={t(restraint ? TITLES[restraint.kind] : "people.restrain")}
      intro={restraint ? <Standing {...restraint} /> : t("people.restrainIntro")}
    >
      {error !== null && <Notice tone="danger">{errorText(error)}</Notice>}
      {within && !restraint && <RestraintFields busy={restrain.busy} onSubmit={restrain.run} />}
      {within && restraint && (
        <Button tone="secondary" busy={lift.busy} onClick={() => lift.run()} className="self-start">
          {t("people.lift")}
        </Button>
      )}
    </PanelGroup>
  );
}

function Standing({ kind, reason, at, until }: RestraintView): ReactElement {
  const { t } = useI18n();
  const { moment } = usePersonWords();
  return (
    <span dir="auto">
      {t(SENTENCES[kind], { time: moment(at) })}
      {until !== null && ` ${t("people.keptUntil", { time: moment(until) })}`}
      {reason !== "" && ` ${t("people.keptReason", { reason })}`}
    </span>
  );
}
