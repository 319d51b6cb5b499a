"use client";

import { type ReactElement, useState } from "react";
import { durationText } from "@/components/rooms/policy-choices";
import { Notice } from "@/components/ui/notice";
import { SelectField } from "@/components/ui/select-field";
import { useI18n } from "@/lib/client/hooks/i18n";
import { RetentionTexts } from "@/lib/client/hooks/retention-texts";
import { useMessengerState } from "@/lib/client/hooks/use-messenger";
import { shorterRetention } from "@/lib/protocol/retention";
import { AMOUNTS, amountOf, isUsual, RETENTIONS, UNITS } from "./retention-choices";

interface Props {
  /** In seconds; 0 keeps messages. */
  value: number;
  /** What is in force; undefined where no message can be there. */
  before?: number | undefined;
  onChange: (seconds: number) => void;
}

/** After how long messages disappear, to choose; what that means for those that are there, before it is done. */
export function RetentionField(props: Props): ReactElement {
  return (
    <RetentionTexts>
      <Chooser {...props} />
    </RetentionTexts>
  );
}

function Chooser({ value, before, onChange }: Props): ReactElement {
  const { t, locale } = useI18n();
  const longest = useMessengerState((state) => state.longestRetention);
  const [custom, setCustom] = useState(() => !isUsual(value));
  const usual = RETENTIONS.filter((seconds) => shorterRetention(seconds, longest) === seconds);
  const never = longest > 0 ? "retention.asServer" : "retention.never";
  const { amount, unit } = amountOf(value);
  const holds = shorterRetention(value, longest);
  const held = before === undefined ? holds : shorterRetention(before, longest);
  const shortens = holds > 0 && holds !== held && shorterRetention(holds, held) === holds;
  return (
    <>
      <SelectField
        label={t("retention.label")}
        hint={
          longest > 0 ? t("retention.server", { time: durationText(longest, locale) }) : t("retention.hint")
        }
        value={custom ? "custom" : String(value)}
        choices={[
          { value: "0", label: t(never, { time: durationText(longest || 1, locale) }) },
          ...usual.map((seconds) => ({
            value: String(seconds),
            label: t("retention.after", { time: durationText(seconds, locale) }),
          })),
          { value: "custom", label: t("retention.custom") },
        ]}
        onChange={(chosen) => {
          setCustom(chosen === "custom");
          onChange(chosen === "custom" ? amount * UNITS[unit] : Number(chosen));
        }}
      />
      {custom && (
        <div className="grid grid-cols-2 gap-3">
          <SelectField
            label={t("retention.amount")}
            value={amount}
            choices={AMOUNTS.map((number) => ({ value: number, label: String(number) }))}
            onChange={(number) => onChange(number * UNITS[unit])}
          />
          <SelectField
            label={t("retention.unit")}
            value={unit}
            choices={(["hours", "days", "weeks"] as const).map((one) => ({
              value: one,
              label: t(`retention.${one}`),
            }))}
            onChange={(one) => onChange(amount * UNITS[one])}
          />
        </div>
      )}
      {shortens && (
        <Notice tone="warn">{t("retention.shorter", { time: durationText(holds, locale) })}</Notice>
      )}
    </>
  );
}
