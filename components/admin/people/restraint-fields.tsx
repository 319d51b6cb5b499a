"use client";

import { type ReactElement, useState } from "react";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/field";
import { SelectField } from "@/components/ui/select-field";
import { useI18n } from "@/lib/client/hooks/i18n";
import {
  RESTRAINT_REASON_CHARS,
  RESTRAINTS,
  type Restraint,
  type RestraintForm,
} from "@/lib/protocol/http/admin/people";

const DAY_MS = 86_400_000;
const ENDS = { day: DAY_MS, week: 7 * DAY_MS, month: 30 * DAY_MS, lifted: null } as const;
type End = keyof typeof ENDS;

/** How somebody is kept out or muted: by which name, why, and for how long. A mute has an end. */
export function RestraintFields(props: {
  busy: boolean;
  onSubmit: (form: RestraintForm) => void;
  onCancel?: () => void;
}): ReactElement {
  const { t } = useI18n();
  const [kind, setKind] = useState<Restraint>("suspended");
  const [reason, setReason] = useState("");
  const [end, setEnd] = useState<End>("lifted");
  const ends = (Object.keys(ENDS) as End[]).filter((one) => one !== "lifted" || kind !== "muted");
  const chosen = ends.includes(end) ? end : "day";
  return (
    <form
      className="flex max-w-xl flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        const length = ENDS[chosen];
        props.onSubmit({ kind, reason: reason.trim(), until: length === null ? null : Date.now() + length });
      }}
    >
      <SelectField
        label={t("people.kind")}
        value={kind}
        choices={RESTRAINTS.map((value) => ({ value, label: t(`people.kind.${value}`) }))}
        onChange={setKind}
      />
      <TextField
        label={t("people.reason")}
        hint={t("people.reasonHint")}
        dir="auto"
        autoComplete="off"
        maxLength={RESTRAINT_REASON_CHARS}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <SelectField
        label={t("people.end")}
        value={chosen}
        choices={ends.map((value) => ({ value, label: t(`people.end.${value}`) }))}
        onChange={setEnd}
      />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" tone="danger" busy={props.busy}>
          {t(`people.kind.${kind}`)}
        </Button>
        {props.onCancel && (
          <Button tone="secondary" onClick={props.onCancel}>
            {t("people.cancel")}
          </Button>
        )}
      </div>
    </form>
  );
}
