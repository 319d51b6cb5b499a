"use client";

import { type ReactElement, useState } from "react";
import { PanelGroup } from "@/components/settings/panel";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { usePolicies } from "@/lib/client/hooks/admin/policies";
import { useAdmin } from "@/lib/client/hooks/admin/use-admin";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useErrorText } from "@/lib/client/hooks/use-error-text";
import { useFocusWrong } from "@/lib/client/hooks/use-focus-wrong";
import { useGuardedAction } from "@/lib/client/hooks/use-step-up";
import type { PolicyView } from "@/lib/protocol/http/admin/policies";
import type { PolicyGroup as Group } from "@/lib/protocol/policies";
import { PolicyFacts } from "./policy-facts";
import { PolicyField } from "./policy-field";
import { isWithin, readAll, typedOf } from "./typed";

interface GroupProps {
  group: Group;
  policies: readonly PolicyView[];
  /** By MESSAGE_RETENTION, in seconds; 0 without end. */
  longest: number;
  onSaved: () => void;
}

/** Policies that are saved together. Who may not change them reads them. */
export function PolicyGroup(props: GroupProps): ReactElement {
  const { t } = useI18n();
  const { may } = useAdmin();
  return (
    <PanelGroup title={t(`policies.${props.group}`)} intro={t(`policies.${props.group}Intro`)}>
      {props.group === "messages" && props.longest > 0 && (
        <Notice icon="clock">{t("policies.bound", { count: Math.ceil(props.longest / 86_400) })}</Notice>
      )}
      {may("change-policies") ? <PolicyForm {...props} /> : <PolicyFacts policies={props.policies} />}
    </PanelGroup>
  );
}

function PolicyForm({ policies, onSaved }: GroupProps): ReactElement {
  const { t } = useI18n();
  const errorText = useErrorText();
  const calls = usePolicies();
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const [refused, setRefused] = useState(0);
  const [saved, setSaved] = useState(false);
  const changes = readAll(policies, typed);
  const { run, busy, error, clearError } = useGuardedAction(async () => {
    await calls.change(changes);
    setSaved(true);
    onSaved();
  });
  const changed = Object.keys(changes).length > 0;
  return (
    <form
      noValidate
      ref={useFocusWrong(refused)}
      className="flex max-w-xl flex-col gap-6"
      onSubmit={(event) => {
        event.preventDefault();
        if (policies.every(({ key }) => isWithin(key, changes[key]))) run();
        else setRefused(refused + 1);
      }}
    >
      {policies.map((policy) => (
        <PolicyField
          key={policy.key}
          policy={policy}
          typed={typed[policy.key] ?? typedOf(policy)}
          wrong={refused > 0 && !isWithin(policy.key, changes[policy.key])}
          disabled={busy}
          onChange={(text) => {
            setTyped({ ...typed, [policy.key]: text });
            setSaved(false);
            clearError();
          }}
        />
      ))}
      {error !== null && <Notice tone="danger">{errorText(error)}</Notice>}
      <div className="flex items-center gap-3">
        <Button type="submit" busy={busy} disabled={!changed}>
          {t("policies.save")}
        </Button>
        <p role="status" className="text-good text-sm">
          {saved && !changed && t("policies.saved")}
        </p>
      </div>
    </form>
  );
}
