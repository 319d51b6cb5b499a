"use client";

import type { ReactElement } from "react";
import { RetentionField } from "@/components/retention/retention-field";
import { ChoiceCards } from "@/components/ui/choice-cards";
import { SelectField } from "@/components/ui/select-field";
import { useI18n } from "@/lib/client/hooks/i18n";
import type { RoomPolicy } from "@/lib/client/model-rooms";
import { SLOWNESSES, slownessText, withCurrent } from "./policy-choices";

/**
 * How a room works, to choose. An archived one is reopened elsewhere.
 * @param props.slow whether slow mode is among it; a room that is being made has none
 */
export function PolicyFields(props: {
  policy: RoomPolicy;
  onChange: (policy: RoomPolicy) => void;
  slow?: boolean;
  /** How long messages have lived so far; undefined in a room that is being made. */
  before?: number;
}): ReactElement {
  const { t, locale } = useI18n();
  const { policy, onChange, slow = false, before } = props;
  const change = (parts: Partial<RoomPolicy>): void => onChange({ ...policy, ...parts });
  return (
    <div className="flex flex-col gap-5">
      <ChoiceCards
        label={t("policy.history")}
        value={policy.history}
        choices={[
          { value: "since-joining", label: t("policy.history.since-joining") },
          { value: "all", label: t("policy.history.all") },
        ]}
        onChange={(history) => change({ history })}
      />
      <RetentionField
        value={policy.retentionSeconds}
        before={before}
        onChange={(retentionSeconds) => change({ retentionSeconds })}
      />
      {policy.posting !== "nobody" && (
        <SelectField
          label={t("policy.posting")}
          value={policy.posting}
          choices={(["everyone", "moderators"] as const).map((value) => ({
            value,
            label: t(`policy.posting.${value}`),
          }))}
          onChange={(posting) => change({ posting })}
        />
      )}
      {slow && policy.posting === "everyone" && (
        <SelectField
          label={t("policy.slow")}
          hint={t("policy.slowHint")}
          value={policy.slowSeconds}
          choices={withCurrent(SLOWNESSES, policy.slowSeconds).map((value) => ({
            value,
            label: slownessText(value, locale, t),
          }))}
          onChange={(slowSeconds) => change({ slowSeconds })}
        />
      )}
    </div>
  );
}
