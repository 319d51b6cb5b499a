"use client";

import { type ReactElement, useState } from "react";
import { Button } from "@/components/ui/button";
import { useI18n } from "@/lib/client/hooks/i18n";
import { formatDate } from "@/lib/client/hooks/time-format";
import { KeepButtons } from "./keep-buttons";
import { recoveryGroups } from "./recovery-groups";
import { Step } from "./step";

/** Shows the code, numbered as the check will ask for it. On paper, only the sheet is printed. */
export function RecoveryPaper(props: {
  code: string;
  /** Where it replaces another one, the words for that. */
  intro?: string;
  heading?: "h4";
  onSaved: () => void;
}): ReactElement {
  const { t, locale } = useI18n();
  const [madeAt] = useState(() => Date.now());
  const about = t("keys.paperBody", { host: location.host, date: formatDate(madeAt, locale) });
  const paper = `${t("keys.paperTitle")}\n\n${props.code}\n\n${about}\n`;
  return (
    <Step heading={props.heading} title={t("keys.codeTitle")} intro={props.intro ?? t("keys.codeBody")}>
      <section
        aria-label={t("keys.codeLabel")}
        className="rounded-xl border border-line bg-raised p-4 sm:p-5"
      >
        <div className="mb-5 hidden print:block">
          <p className="font-serif text-2xl">{t("keys.paperTitle")}</p>
          <p className="mt-2">{about}</p>
        </div>
        <ol className="grid grid-cols-[repeat(auto-fill,minmax(5.25rem,1fr))] gap-x-2 gap-y-2.5">
          {recoveryGroups(props.code).map((group, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the position is what identifies a group.
            <li key={i} className="flex items-baseline gap-1.5">
              <span className="min-w-5 text-end text-2xs text-faint tabular-nums">{i + 1}</span>
              <code className="font-medium font-mono text-lg tracking-wider">{group}</code>
            </li>
          ))}
        </ol>
      </section>
      <KeepButtons copied={props.code} file={{ name: t("keys.fileName"), text: paper }} />
      <Button className="print:hidden" onClick={props.onSaved}>
        {t("keys.saved")}
      </Button>
    </Step>
  );
}
