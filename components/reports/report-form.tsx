"use client";

import { type ReactElement, useCallback, useState } from "react";
import { PanelFailed, PanelSkeleton } from "@/components/settings/panel";
import { Button } from "@/components/ui/button";
import { ChoiceCards } from "@/components/ui/choice-cards";
import { Field, INPUT_CLASS } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { useToast } from "@/components/ui/toast";
import { useI18n } from "@/lib/client/hooks/i18n";
import { personName } from "@/lib/client/hooks/person-name";
import { useAction } from "@/lib/client/hooks/use-action";
import { useErrorText } from "@/lib/client/hooks/use-error-text";
import { useLoaded } from "@/lib/client/hooks/use-loaded";
import { useMessengerState } from "@/lib/client/hooks/use-messenger";
import { useReports } from "@/lib/client/hooks/use-reports";
import type { Conversation, Message } from "@/lib/client/model";
import type { Audiences, ReportAudience, ReportReason } from "@/lib/client/model-reports";
import { LIMITS } from "@/lib/protocol/limits";

const REASONS: readonly ReportReason[] = ["spam", "harassment", "illegal", "other"];
const AUDIENCES: readonly ReportAudience[] = ["moderators", "administrators"];

/** Why, to whom, and what is shown. */
export function ReportForm(props: {
  conversation: Conversation;
  message: Message;
  onClose: () => void;
}): ReactElement {
  const { conversation, message } = props;
  const reports = useReports();
  const load = useCallback(
    () => reports.audiences(conversation.id, message.sender),
    [reports, conversation.id, message.sender],
  );
  const { value: audiences, error, reload } = useLoaded(load);
  if (error !== null) return <PanelFailed error={error} onRetry={reload} />;
  return audiences ? <Form {...props} audiences={audiences} /> : <PanelSkeleton />;
}

function Form(props: {
  conversation: Conversation;
  message: Message;
  audiences: Audiences;
  onClose: () => void;
}): ReactElement {
  const { conversation, message, audiences, onClose } = props;
  const { t, locale } = useI18n();
  const toast = useToast();
  const errorText = useErrorText();
  const reports = useReports();
  const about = useMessengerState((state) => state.people.get(message.sender));
  const [reason, setReason] = useState<ReportReason | null>(null);
  const [note, setNote] = useState("");
  const [around, setAround] = useState(false);
  const offered = AUDIENCES.filter((one) => audiences[one].length > 0);
  const [chosen, setChosen] = useState<ReportAudience | undefined>(offered[0]);
  const name = about ? personName(about, t) : t("people.unknown");
  const list = new Intl.ListFormat(locale);

  const send = useAction(async () => {
    if (!reason || !chosen || message.seq === null) return;
    const { seq } = message;
    const report = {
      conversation: conversation.id,
      seq,
      audience: chosen,
      reason,
      note: note.trim(),
      around,
    };
    await reports.send(report);
    toast(t("report.sent"));
    onClose();
  });

  if (!chosen) return <Notice tone="warn">{t("report.nobody", { name })}</Notice>;
  return (
    <form
      noValidate
      className="flex flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        send.run();
      }}
    >
      <ChoiceCards
        label={t("report.reason")}
        value={reason}
        choices={REASONS.map((value) => ({ value, label: t(`reason.${value}`) }))}
        onChange={setReason}
      />
      <Field label={t("report.note")}>
        {(links) => (
          <textarea
            {...links}
            dir="auto"
            rows={3}
            maxLength={LIMITS.reportNoteChars}
            value={note}
            onChange={(event) => setNote(event.target.value)}
            className={`${INPUT_CLASS} resize-none`}
          />
        )}
      </Field>
      <label className="target flex items-start gap-2.5">
        <input
          type="checkbox"
          checked={around}
          onChange={(event) => setAround(event.target.checked)}
          className="mt-0.75 size-4.5 shrink-0 accent-accent"
        />
        <span className="min-w-0">
          {t("report.around", { total: LIMITS.reportAround })}
          <span className="block text-pretty text-soft text-sm">{t("report.aroundHint")}</span>
        </span>
      </label>
      <ChoiceCards
        label={t("report.to")}
        value={chosen}
        choices={offered.map((value) => ({
          value,
          label: t(`report.to.${value}`),
          body: list.format(audiences[value].map((person) => personName(person, t))),
        }))}
        onChange={setChosen}
      />
      <p className="text-soft text-sm wrap-anywhere">{t("report.notTold", { name })}</p>
      {send.error !== null && <Notice tone="danger">{errorText(send.error)}</Notice>}
      <div className="flex flex-wrap justify-end gap-2">
        <Button tone="secondary" onClick={onClose}>
          {t("common.cancel")}
        </Button>
        <Button type="submit" disabled={reason === null} busy={send.busy}>
          {t("report.submit")}
        </Button>
      </div>
    </form>
  );
}
