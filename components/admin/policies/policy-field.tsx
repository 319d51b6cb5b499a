"use client";

import { clsx } from "clsx";
import type { ReactElement } from "react";
import { Field, INPUT_CLASS, TextField } from "@/components/ui/field";
import { SelectField } from "@/components/ui/select-field";
import { useI18n } from "@/lib/client/hooks/i18n";
import type { PolicyView } from "@/lib/protocol/http/admin/policies";
import { policyOf } from "@/lib/protocol/policies";
import { LastChange } from "./last-change";
import { choicesOf, usePolicyWords } from "./words";

/** One policy that may be changed. */
export function PolicyField(props: {
  policy: PolicyView;
  typed: string;
  wrong: boolean;
  disabled: boolean;
  onChange: (text: string) => void;
}): ReactElement {
  const { t } = useI18n();
  const { key, changed } = props.policy;
  const policy = policyOf(key);
  const words = usePolicyWords();
  const label = t(`policy.${key}`);
  const hint = (
    <span>
      {t(`policy.${key}Does`)} {words.limits(policy)}
      {changed && <LastChange {...changed} />}
    </span>
  );
  if (policy.kind === "choice" || policy.kind === "boolean") {
    return (
      <SelectField
        label={label}
        hint={hint}
        value={props.typed}
        choices={choicesOf(policy).map((value) => ({ value, label: words.choice(value) }))}
        onChange={props.onChange}
      />
    );
  }
  if (policy.kind === "patterns") {
    return (
      <Field label={label} hint={hint} error={props.wrong ? t("policies.patterns") : undefined}>
        {(links) => (
          <textarea
            {...links}
            rows={3}
            spellCheck={false}
            autoCapitalize="none"
            autoComplete="off"
            disabled={props.disabled}
            value={props.typed}
            onChange={(event) => props.onChange(event.target.value)}
            className={clsx(INPUT_CLASS, "resize-y")}
          />
        )}
      </Field>
    );
  }
  const { min, max } = policy;
  return (
    <TextField
      label={`${label} (${t(`unit.${policy.kind}`)})`}
      hint={hint}
      error={props.wrong ? t("policies.range", { min, max }) : undefined}
      inputMode="numeric"
      autoComplete="off"
      className="max-w-40"
      disabled={props.disabled}
      value={props.typed}
      onChange={(event) => props.onChange(event.target.value)}
    />
  );
}
