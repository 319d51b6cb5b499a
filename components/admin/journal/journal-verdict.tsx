"use client";

import type { ReactElement } from "react";
import { CopyButton } from "@/components/ui/copy-button";
import { Notice } from "@/components/ui/notice";
import { useI18n } from "@/lib/client/hooks/i18n";
import type { JournalVerdictView } from "@/lib/protocol/http/admin/journal";

/** What became of a check: what is wrong where, and what to keep for the next one. */
export function JournalVerdict({ verdict }: { verdict: JournalVerdictView }): ReactElement {
  const { t } = useI18n();
  const { entries, faults, more, erased, unproved, removed, checkpoint } = verdict;
  return (
    <div className="flex flex-col gap-4">
      {faults.length === 0 ? (
        <Notice icon="check">{t("journal.whole", { count: entries })}</Notice>
      ) : (
        <Notice tone="danger">
          <p className="font-medium">{t("journal.broken")}</p>
          <ul className="list-disc ps-5">
            {faults.map(({ kind, id, to = id }) => (
              <li key={`${kind} ${id}`}>
                {t(`journal.fault.${kind}`, {
                  id: String(id),
                  to: String(to),
                  range: id === to ? String(id) : `${id}–${to}`,
                })}
              </li>
            ))}
            {more > 0 && <li>{t("journal.more", { count: more })}</li>}
          </ul>
        </Notice>
      )}
      {erased > 0 && (
        <p className="text-soft text-sm">
          {t("journal.erased", { count: erased })}
          {unproved > 0 && ` ${t("journal.unproved", { count: unproved })}`}
        </p>
      )}
      {removed > 0 && <p className="text-soft text-sm">{t("journal.removed", { id: String(removed) })}</p>}
      {checkpoint && faults.length === 0 && (
        <div className="flex flex-col items-start gap-2">
          <p className="font-medium text-sm">{t("journal.keep")}</p>
          <code className="w-full rounded-lg border border-line bg-raised px-3.5 py-2.5 font-mono text-sm wrap-anywhere">
            {checkpoint}
          </code>
          <CopyButton text={checkpoint} label={t("journal.copy")} doneLabel={t("journal.copied")} />
        </div>
      )}
    </div>
  );
}
