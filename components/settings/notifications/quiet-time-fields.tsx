"use client";

import { clsx } from "clsx";
import { type ReactElement, useId } from "react";
import { TextField } from "@/components/ui/field";
import { useI18n } from "@/lib/client/hooks/i18n";
import { formatTime } from "@/lib/client/hooks/time-format";
import type { QuietTime } from "@/lib/client/model-notes";

const EVENING = 22 * 60;
const MORNING = 7 * 60;
/** Monday first, in both languages. */
const WEEK = [1, 2, 3, 4, 5, 6, 0];
/** A Sunday. */
const SUNDAY = new Date(2026, 10, 22).getTime();
const DAY_MS = 86_400_000;

/** When one is told of nothing. */
export function QuietTimeFields(props: {
  quiet: QuietTime | null;
  onChange: (quiet: QuietTime | null) => void;
}): ReactElement {
  const { quiet, onChange } = props;
  const { locale, t } = useI18n();
  const legend = useId();
  const toggle = (day: number): void => {
    if (!quiet) return;
    const days = quiet.days.includes(day) ? quiet.days.filter((one) => one !== day) : [...quiet.days, day];
    onChange({ ...quiet, days });
  };
  return (
    <>
      <label className="target flex w-fit cursor-pointer items-center gap-2.5">
        <input
          type="checkbox"
          checked={quiet !== null}
          onChange={(event) =>
            onChange(event.target.checked ? { from: EVENING, to: MORNING, days: WEEK } : null)
          }
          className="size-4.5 accent-accent"
        />
        {t("notify.quietOn")}
      </label>
      {quiet && (
        <>
          <div className="grid max-w-80 grid-cols-2 gap-2.5">
            <TimeField
              label={t("notify.from")}
              minute={quiet.from}
              onChange={(from) => onChange({ ...quiet, from })}
            />
            <TimeField
              label={t("notify.to")}
              minute={quiet.to}
              onChange={(to) => onChange({ ...quiet, to })}
            />
          </div>
          <fieldset aria-labelledby={legend} className="flex flex-col gap-1.5">
            <span id={legend} className="font-medium text-sm">
              {t("notify.days")}
            </span>
            <div className="flex flex-wrap gap-2">
              {WEEK.map((day) => (
                <label
                  key={day}
                  className={clsx(
                    "target inline-flex cursor-pointer items-center rounded-lg border px-3 py-1.5 transition-colors",
                    "has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:outline-offset-2",
                    quiet.days.includes(day)
                      ? "border-accent bg-tint"
                      : "border-edge bg-raised hover:bg-hover",
                  )}
                >
                  <input
                    type="checkbox"
                    checked={quiet.days.includes(day)}
                    onChange={() => toggle(day)}
                    className="sr-only"
                  />
                  {formatTime(SUNDAY + day * DAY_MS, locale, "weekday")}
                </label>
              ))}
            </div>
          </fieldset>
        </>
      )}
    </>
  );
}

function TimeField(props: {
  label: string;
  minute: number;
  onChange: (minute: number) => void;
}): ReactElement {
  const { label, minute, onChange } = props;
  const two = (part: number) => String(part).padStart(2, "0");
  return (
    <TextField
      type="time"
      label={label}
      value={`${two(Math.floor(minute / 60))}:${two(minute % 60)}`}
      onChange={(event) => {
        const at = event.target.valueAsNumber;
        // While it is being emptied there is no time.
        if (!Number.isNaN(at)) onChange(at / 60_000);
      }}
    />
  );
}
