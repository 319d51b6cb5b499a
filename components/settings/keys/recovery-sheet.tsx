"use client";

import { type ReactElement, useState } from "react";
import { recoveryGroups } from "@/components/entrance/recovery-groups";
import { PrintSheet } from "@/components/ui/print-sheet";
import { useI18n } from "@/lib/client/hooks/i18n";
import { formatDate } from "@/lib/client/hooks/time-format";

/** The recovery code as it is printed from the settings: nothing of the page around it. */
export function RecoverySheet({ code }: { code: string }): ReactElement {
  const { t, locale } = useI18n();
  const [madeAt] = useState(() => Date.now());
  return (
    <PrintSheet>
      <h1 className="font-serif text-2xl">{t("keys.paperTitle")}</h1>
      <p className="mt-2 mb-5">
        {t("keys.paperBody", { host: location.host, date: formatDate(madeAt, locale) })}
      </p>
      <ol className="grid grid-cols-4 gap-x-2 gap-y-2.5">
        {recoveryGroups(code).map((group, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the position is what identifies a group.
          <li key={i} className="flex items-baseline gap-1.5">
            <span className="min-w-5 text-end text-2xs text-faint tabular-nums">{i + 1}</span>
            <code className="font-mono text-lg tracking-wider">{group}</code>
          </li>
        ))}
      </ol>
    </PrintSheet>
  );
}
