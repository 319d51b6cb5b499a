"use client";

import { type ReactElement, useState } from "react";
import { KeepButtons } from "@/components/entrance/keep-buttons";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { PrintSheet } from "@/components/ui/print-sheet";
import { useI18n } from "@/lib/client/hooks/i18n";
import { formatDate } from "@/lib/client/hooks/time-format";
import { useMessengerState } from "@/lib/client/hooks/use-messenger";

/** The one time that the codes are shown. */
export function SignInCodesSheet(props: { codes: readonly string[]; onDone: () => void }): ReactElement {
  const { codes, onDone } = props;
  const { t, locale } = useI18n();
  const name = useMessengerState((state) => state.me?.name ?? "");
  const [madeAt] = useState(() => Date.now());
  const about = t("signInCodes.about", { name, host: location.host, date: formatDate(madeAt, locale) });
  const text = codes.join("\n");
  const paper = `${t("signInCodes.paperTitle")}\n\n${text}\n\n${about}\n`;
  const list = codes.map((code, i) => (
    <li key={code} className="flex items-baseline gap-2.5">
      <span aria-hidden="true" className="min-w-4 text-end text-2xs text-faint tabular-nums">
        {i + 1}
      </span>
      <code className="whitespace-nowrap font-mono">{code}</code>
    </li>
  ));
  return (
    <Dialog
      open
      keepOpen
      onOpenChange={(open) => open || onDone()}
      title={t("signInCodes.sheetTitle")}
      description={t("signInCodes.sheetBody")}
      closeLabel={t("common.close")}
    >
      <div className="flex flex-col gap-5 overflow-y-auto p-5">
        <ol
          aria-label={t("signInCodes.title")}
          className="flex flex-col gap-1.5 rounded-xl border border-line px-2 py-3.5 text-xs sm:px-4 sm:text-base"
        >
          {list}
        </ol>
        <KeepButtons copied={text} file={{ name: t("signInCodes.fileName"), text: paper }} />
        <Button onClick={onDone}>{t("signInCodes.saved")}</Button>
      </div>
      <PrintSheet>
        <h1 className="font-serif text-2xl">{t("signInCodes.paperTitle")}</h1>
        <p className="mt-2 mb-5">{about}</p>
        <ol className="flex flex-col gap-2">{list}</ol>
      </PrintSheet>
    </Dialog>
  );
}
