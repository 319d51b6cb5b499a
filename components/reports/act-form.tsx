"use client";

import { type ReactElement, useState } from "react";
import { Button } from "@/components/ui/button";
import { ChoiceCards } from "@/components/ui/choice-cards";
import { TextField } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { SelectField } from "@/components/ui/select-field";
import { useToast } from "@/components/ui/toast";
import type { ReportId } from "@/lib/base/ids";
import { useI18n } from "@/lib/client/hooks/i18n";
import { personName } from "@/lib/client/hooks/person-name";
import { errorCode, useErrorText } from "@/lib/client/hooks/use-error-text";
import { useReports } from "@/lib/client/hooks/use-reports";
import { useGuardedAction } from "@/lib/client/hooks/use-step-up";
import type { Measure, ReportedMessage } from "@/lib/client/model-reports";

/** As the server takes it. */
const TEXT_CHARS = 300;
const DAY_MS = 86_400_000;
const ENDS = { day: DAY_MS, week: 7 * DAY_MS, month: 30 * DAY_MS, lifted: null } as const;
type End = keyof typeof ENDS;
const MEASURES: readonly (Measure | "none")[] = ["warned", "muted", "suspended", "banned", "none"];

/** What is done about a message and whoever wrote it; doing it decides the report. */
export function ActForm(props: {
  report: ReportId;
  message: ReportedMessage;
  onClose: () => void;
}): ReactElement {
  const { report, message, onClose } = props;
  const { t } = useI18n();
  const toast = useToast();
  const errorText = useErrorText();
  const reports = useReports();
  const [measure, setMeasure] = useState<Measure | "none">("warned");
  const [text, setText] = useState("");
  const [end, setEnd] = useState<End>("day");
  const [erase, setErase] = useState(false);
  const [wrong, setWrong] = useState<"text" | "nothing" | null>(null);
  const name = personName(message.sender, t);
  const lasting = measure !== "none" && measure !== "warned";
  const ends = (Object.keys(ENDS) as End[]).filter((one) => one !== "lifted" || measure !== "muted");
  // What was chosen for another measure may be none of this one's.
  const chosen = ends.includes(end) ? end : "day";

  const act = useGuardedAction(async () => {
    const length = ENDS[chosen];
    await reports.act(report, {
      about: message.sender.id,
      measure: measure === "none" ? null : measure,
      text: measure === "none" ? "" : text.trim(),
      until: lasting && length !== null ? Date.now() + length : null,
      messages: erase ? message.parts : [],
    });
    toast(t("act.done"));
    onClose();
  });

  function failure(error: unknown): string {
    const code = errorCode(error);
    if (code === "conflict") return t("reports.faster");
    return code === "not-found" ? t("act.unreachable", { name }) : errorText(error);
  }

  return (
    <form
      noValidate
      className="flex flex-col gap-5 border-line border-y py-4"
      onChange={() => setWrong(null)}
      onSubmit={(event) => {
        event.preventDefault();
        const missing = measure === "warned" && text.trim() === "" ? "text" : null;
        const nothing = measure === "none" && !erase ? "nothing" : null;
        setWrong(missing ?? nothing);
        if (!missing && !nothing) act.run();
      }}
    >
      <ChoiceCards
        label={t("act.title", { name })}
        value={measure}
        choices={MEASURES.map((value) => ({
          value,
          label: t(`measure.${value}`),
          body: t(`measure.${value}.does`),
        }))}
        onChange={setMeasure}
      />
      {measure !== "none" && (
        <TextField
          label={t(measure === "warned" ? "act.words" : "act.reason")}
          hint={t("act.textHint")}
          error={wrong === "text" ? t("act.wordless") : undefined}
          dir="auto"
          autoComplete="off"
          maxLength={TEXT_CHARS}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      )}
      {lasting && (
        <SelectField
          label={t("act.end")}
          value={chosen}
          choices={ends.map((value) => ({ value, label: t(`act.end.${value}`) }))}
          onChange={setEnd}
        />
      )}
      <label className="target flex items-start gap-2.5">
        <input
          type="checkbox"
          checked={erase}
          onChange={(event) => setErase(event.target.checked)}
          className="mt-0.75 size-4.5 shrink-0 accent-accent"
        />
        <span className="min-w-0">
          {t("act.erase")}
          <span className="block text-pretty text-soft text-sm">{t("act.eraseHint")}</span>
        </span>
      </label>
      {wrong === "nothing" && <Notice tone="danger">{t("act.nothing")}</Notice>}
      {act.error !== null && <Notice tone="danger">{failure(act.error)}</Notice>}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" tone="danger" busy={act.busy}>
          {t(measure === "none" ? "reports.delete" : `measure.${measure}`)}
        </Button>
        <Button tone="secondary" onClick={onClose}>
          {t("common.cancel")}
        </Button>
      </div>
    </form>
  );
}
