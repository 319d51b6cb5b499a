"use client";

import { type FormEvent, type ReactElement, useState } from "react";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/field";
import { Icon } from "@/components/ui/icons";
import { useToast } from "@/components/ui/toast";
import { useSayingTexts } from "@/lib/client/hooks/saying-texts";
import { formatClock, formatTime } from "@/lib/client/hooks/time-format";
import { useAction } from "@/lib/client/hooks/use-action";
import { useErrorText } from "@/lib/client/hooks/use-error-text";
import { useScheduled, useScheduling } from "@/lib/client/hooks/use-scheduled";
import type { Conversation } from "@/lib/client/model";
import { LONGEST_WAIT_MS, MAX_SCHEDULED } from "@/lib/client/model-notes";
import type { Content } from "@/lib/protocol/content";
import { Panel } from "../saying/panel";
import { laterTimes, toField } from "./times";

export interface LaterPanelProps {
  id: Conversation["id"];
  from: HTMLElement | null;
  /** What would leave; null when that is nothing. */
  contentOf: () => Content | null;
  /** It is kept. */
  onKept: () => void;
  onClose: () => void;
}

/** When what stands in the composer is to leave: the usual times, and any other within a year. */
export function LaterPanel({ id, from, contentOf, onKept, onClose }: LaterPanelProps): ReactElement {
  const { locale, t } = useSayingTexts();
  const toast = useToast();
  const errorText = useErrorText();
  const scheduling = useScheduling();
  const isFull = useScheduled(id).length >= MAX_SCHEDULED;
  const [now] = useState(Date.now);
  const times = laterTimes(now);
  const [other, setOther] = useState(() => toField(times[0]?.at ?? now));
  const [wrong, setWrong] = useState(false);

  const keep = useAction(async (at: number) => {
    const content = contentOf();
    if (!content) return;
    await (await scheduling()).add(id, content, at);
    toast(t("later.kept", { time: formatTime(at, locale, "moment") }));
    onClose();
    onKept();
  });

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    // Above it is the composer, whose message is not to leave now.
    event.stopPropagation();
    const at = new Date(other).getTime();
    const isRight = at > Date.now() && at < Date.now() + LONGEST_WAIT_MS;
    setWrong(!isRight);
    if (isRight) keep.run(at);
  };

  return (
    <Panel title={t("later.open")} from={from} onClose={onClose} className="sm:w-76">
      <div className="flex min-h-0 flex-col overflow-y-auto p-1.5">
        {isFull ? (
          <p className="p-2.5 text-soft">{t("later.full")}</p>
        ) : (
          <>
            {times.map(({ name, at }) => (
              <button
                key={name}
                type="button"
                disabled={keep.busy}
                onClick={() => keep.run(at)}
                className="target flex items-center gap-3 rounded-md px-2.5 py-1 text-start hover:bg-hover focus-visible:-outline-offset-2"
              >
                <Icon name="clock" className="size-4.5 text-soft" />
                {t(`later.${name}`, { time: formatClock(at, locale) })}
              </button>
            ))}
            <form
              onSubmit={submit}
              noValidate
              className="mt-1.5 flex flex-col gap-2.5 border-line border-t p-2.5 pt-3"
            >
              <TextField
                type="datetime-local"
                label={t("later.time")}
                error={wrong ? t("later.wrongTime") : undefined}
                value={other}
                min={toField(now)}
                max={toField(now + LONGEST_WAIT_MS)}
                onChange={(event) => setOther(event.target.value)}
              />
              <Button type="submit" tone="secondary" busy={keep.busy}>
                {t("later.schedule")}
              </Button>
            </form>
            {keep.error !== null && (
              <p role="alert" className="px-2.5 pb-2 text-danger text-sm">
                {errorText(keep.error)}
              </p>
            )}
          </>
        )}
        <p className="text-pretty px-2.5 pt-1 pb-2 text-faint text-sm">{t("later.limits")}</p>
      </div>
    </Panel>
  );
}
