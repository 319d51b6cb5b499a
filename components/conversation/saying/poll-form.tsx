"use client";

import { type FormEvent, type ReactElement, useEffect, useRef, useState } from "react";
import { Button, IconButton } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { INPUT_CLASS, TextField } from "@/components/ui/field";
import { useSayingTexts } from "@/lib/client/hooks/saying-texts";
import { LIMITS } from "@/lib/protocol/limits";
import type { SayingDialogProps } from "./dialog-props";
import { useSay } from "./use-say";

const FEWEST = 2;

interface Option {
  readonly key: number;
  readonly text: string;
}

/** A question and two to twelve answers. Empty ones are left out. */
export function PollForm({ onClose, returnTo }: SayingDialogProps): ReactElement {
  const { t } = useSayingTexts();
  const say = useSay();
  const list = useRef<HTMLOListElement>(null);
  const [question, setQuestion] = useState("");
  const [options, setOptions] = useState<readonly Option[]>([
    { key: 0, text: "" },
    { key: 1, text: "" },
  ]);
  const [multiple, setMultiple] = useState(false);
  const [tried, setTried] = useState(false);
  const answers = options.map(({ text }) => text.trim()).filter((text) => text !== "");
  const added = options.length > FEWEST ? options.at(-1)?.key : undefined;

  useEffect(() => {
    if (added !== undefined) list.current?.querySelector<HTMLElement>("li:last-child input")?.focus();
  }, [added]);

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (question.trim() === "" || answers.length < FEWEST) return;
    say({ type: "poll", question: question.trim(), options: answers, multiple });
    onClose();
  };

  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t("poll.new")}
      closeLabel={t("common.close")}
      returnTo={returnTo}
    >
      <form onSubmit={submit} className="flex min-h-0 flex-col gap-4 overflow-y-auto p-5 pt-3">
        <TextField
          label={t("poll.question")}
          error={tried && question.trim() === "" ? t("poll.questionMissing") : undefined}
          value={question}
          onChange={(event) => setQuestion(event.target.value)}
          maxLength={LIMITS.pollQuestionChars}
          dir="auto"
          autoComplete="off"
        />
        <fieldset className="flex flex-col gap-2">
          <legend className="pb-1.5 font-medium text-sm">{t("poll.options")}</legend>
          <ol ref={list} className="flex flex-col gap-2">
            {options.map(({ key, text }, i) => (
              <li key={key} className="flex gap-1">
                <input
                  aria-label={t("poll.option", { number: i + 1 })}
                  placeholder={t("poll.option", { number: i + 1 })}
                  value={text}
                  onChange={(event) => {
                    const next = event.target.value;
                    setOptions(options.map((one) => (one.key === key ? { key, text: next } : one)));
                  }}
                  maxLength={LIMITS.pollOptionChars}
                  dir="auto"
                  autoComplete="off"
                  className={INPUT_CLASS}
                />
                {options.length > FEWEST && (
                  <IconButton
                    icon="close"
                    label={t("poll.removeOption", { number: i + 1 })}
                    onClick={() => setOptions(options.filter((one) => one.key !== key))}
                  />
                )}
              </li>
            ))}
          </ol>
          {tried && answers.length < FEWEST && (
            <p role="alert" className="text-danger text-sm">
              {t("poll.optionsMissing")}
            </p>
          )}
          {options.length < LIMITS.pollOptions && (
            <Button
              tone="quiet"
              icon="plus"
              className="self-start px-2!"
              onClick={() => setOptions([...options, { key: (options.at(-1)?.key ?? 0) + 1, text: "" }])}
            >
              {t("poll.addOption")}
            </Button>
          )}
        </fieldset>
        <label className="target flex items-center gap-2.5">
          <input
            type="checkbox"
            checked={multiple}
            onChange={(event) => setMultiple(event.target.checked)}
            className="size-4.5 accent-accent"
          />
          {t("poll.multiple")}
        </label>
        <Button type="submit">{t("poll.send")}</Button>
      </form>
    </Dialog>
  );
}
