"use client";

import { clsx } from "clsx";
import { type ReactElement, useState } from "react";
import { toField } from "@/components/conversation/scheduled/times";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, type FieldText, INPUT_CLASS, TextField } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { SelectField } from "@/components/ui/select-field";
import { useAnnouncementCalls } from "@/lib/client/hooks/admin/announcements";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useErrorText } from "@/lib/client/hooks/use-error-text";
import { useFocusWrong } from "@/lib/client/hooks/use-focus-wrong";
import { useGuardedAction } from "@/lib/client/hooks/use-step-up";
import { ANNOUNCEMENT_LEVELS, type AnnouncementLevel } from "@/lib/protocol/announcements";
import { ANNOUNCEMENT_CHARS, LONGEST_ANNOUNCEMENT_MS } from "@/lib/protocol/http/admin/announcements";

const DAY_MS = 86_400_000;

interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onMade: () => void;
}

/** Says something to everybody. */
export function NewAnnouncement({ open, onOpenChange, onMade }: DialogProps): ReactElement {
  const { t } = useI18n();
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t("announcements.new")}
      closeLabel={t("common.close")}
    >
      <div className="overflow-y-auto p-5">
        <Form
          onMade={() => {
            onOpenChange(false);
            onMade();
          }}
        />
      </div>
    </Dialog>
  );
}

function Form({ onMade }: { onMade: () => void }): ReactElement {
  const { t } = useI18n();
  const errorText = useErrorText();
  const calls = useAnnouncementCalls();
  const [level, setLevel] = useState<AnnouncementLevel>("information");
  const [text, setText] = useState("");
  const [french, setFrench] = useState("");
  const [start, setStart] = useState("");
  const [end, setEnd] = useState(() => toField(Date.now() + DAY_MS));
  const [refused, setRefused] = useState(0);
  const { run, busy, error } = useGuardedAction(async () => {
    const startsAt = start === "" ? null : new Date(start).getTime();
    await calls.create({ level, text, french, startsAt, endsAt: new Date(end).getTime() });
    onMade();
  });
  const isEmpty = text.trim() === "";
  const begins = Math.max(start === "" ? 0 : new Date(start).getTime(), Date.now());
  const length = new Date(end).getTime() - begins;
  // Not so for a time that is none.
  const isPeriod = length > 0 && length <= LONGEST_ANNOUNCEMENT_MS;
  return (
    <form
      noValidate
      ref={useFocusWrong(refused)}
      className="flex flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        if (isEmpty || !isPeriod) setRefused(refused + 1);
        else run();
      }}
    >
      <SelectField
        label={t("announcements.level")}
        value={level}
        choices={ANNOUNCEMENT_LEVELS.map((value) => ({ value, label: t(`announcements.level.${value}`) }))}
        onChange={setLevel}
      />
      <Lines
        label={t("announcements.text")}
        hint={t("announcements.textHint")}
        error={refused > 0 && isEmpty ? t("announcements.textWrong") : undefined}
        value={text}
        onChange={setText}
      />
      <Lines
        label={t("announcements.french")}
        hint={t("announcements.frenchHint")}
        value={french}
        onChange={setFrench}
      />
      <TextField
        type="datetime-local"
        label={t("announcements.start")}
        hint={t("announcements.startHint")}
        value={start}
        onChange={(event) => setStart(event.target.value)}
      />
      <TextField
        type="datetime-local"
        label={t("announcements.end")}
        error={refused > 0 && !isPeriod ? t("announcements.endWrong") : undefined}
        value={end}
        onChange={(event) => setEnd(event.target.value)}
      />
      {error !== null && <Notice tone="danger">{errorText(error)}</Notice>}
      <Button type="submit" busy={busy} className="self-start">
        {t("announcements.make")}
      </Button>
    </form>
  );
}

function Lines(props: FieldText & { value: string; onChange: (text: string) => void }): ReactElement {
  const { value, onChange, ...field } = props;
  return (
    <Field {...field}>
      {(links) => (
        <textarea
          {...links}
          rows={3}
          dir="auto"
          maxLength={ANNOUNCEMENT_CHARS}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          className={clsx(INPUT_CLASS, "resize-y")}
        />
      )}
    </Field>
  );
}
