"use client";

import type { ReactElement } from "react";
import { useI18n } from "@/lib/client/hooks/i18n";
import type { PolicyView } from "@/lib/protocol/http/admin/policies";
import { LastChange } from "./last-change";
import { usePolicyWords } from "./words";

/** Policies for who may not change them. */
export function PolicyFacts({ policies }: { policies: readonly PolicyView[] }): ReactElement {
  const { t } = useI18n();
  const words = usePolicyWords();
  return (
    <dl className="flex max-w-xl flex-col divide-y divide-line rounded-xl border border-line bg-raised">
      {policies.map((policy) => (
        <div key={policy.key} className="flex flex-col gap-0.5 px-4 py-3">
          <dt className="font-medium">{t(`policy.${policy.key}`)}</dt>
          <dd>{words.value(policy)}</dd>
          <dd className="text-soft text-sm">
            {t(`policy.${policy.key}Does`)}
            {policy.changed && <LastChange {...policy.changed} />}
          </dd>
        </div>
      ))}
    </dl>
  );
}
