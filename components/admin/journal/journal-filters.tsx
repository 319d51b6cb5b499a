"use client";

import { type ReactElement, useState } from "react";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/field";
import { SelectField } from "@/components/ui/select-field";
import type { JournalQuestion } from "@/lib/client/hooks/admin/journal";
import { useI18n } from "@/lib/client/hooks/i18n";
import { JOURNAL_EVENTS, JOURNAL_OUTCOMES } from "@/lib/protocol/http/admin/journal";

export const ANYTHING: JournalQuestion = {
  person: "",
  event: "",
  outcome: "",
  address: "",
  from: "",
  until: "",
};

/** What to look for. Asked when somebody says so: half an address is none. */
export function JournalFilters(props: {
  question: JournalQuestion;
  onQuestion: (question: JournalQuestion) => void;
}): ReactElement {
  const { t } = useI18n();
  const [draft, setDraft] = useState(props.question);
  const set = (part: Partial<JournalQuestion>): void => setDraft({ ...draft, ...part });
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        props.onQuestion(draft);
      }}
    >
      <div className="grid grid-cols-2 items-start gap-4 lg:grid-cols-3">
        {(["person", "address"] as const).map((field) => (
          <div key={field} className="max-sm:col-span-2">
            <TextField
              label={t(`journal.${field}`)}
              hint={t(`journal.${field}Hint`)}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              maxLength={64}
              value={draft[field]}
              onChange={(event) => set({ [field]: event.target.value })}
            />
          </div>
        ))}
        <SelectField<JournalQuestion["event"]>
          label={t("journal.event")}
          value={draft.event}
          choices={[
            { value: "", label: t("journal.anyEvent") },
            ...JOURNAL_EVENTS.map((value) => ({ value, label: t(`journal.event.${value}`) })),
          ]}
          onChange={(event) => set({ event })}
        />
        <SelectField<JournalQuestion["outcome"]>
          label={t("journal.outcome")}
          value={draft.outcome}
          choices={[
            { value: "", label: t("journal.anyOutcome") },
            ...JOURNAL_OUTCOMES.map((value) => ({ value, label: t(`journal.outcome.${value}`) })),
          ]}
          onChange={(outcome) => set({ outcome })}
        />
        {(["from", "until"] as const).map((day) => (
          <TextField
            key={day}
            type="date"
            label={t(`journal.${day}`)}
            value={draft[day]}
            onChange={(event) => set({ [day]: event.target.value })}
          />
        ))}
      </div>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" icon="search">
          {t("journal.show")}
        </Button>
        <Button
          tone="quiet"
          onClick={() => {
            setDraft(ANYTHING);
            props.onQuestion(ANYTHING);
          }}
        >
          {t("journal.clear")}
        </Button>
      </div>
    </form>
  );
}
