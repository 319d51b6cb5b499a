"use client";

import type { ReactElement } from "react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { saveText } from "@/components/ui/save-text";
import { useI18n } from "@/lib/client/hooks/i18n";

/** The three ways to keep what is shown once. What is printed is the page's to decide. */
export function KeepButtons(props: {
  copied: string;
  file: { readonly name: string; readonly text: string };
}): ReactElement {
  const { t } = useI18n();
  const { copied, file } = props;
  return (
    <div className="flex flex-wrap gap-2 print:hidden">
      <CopyButton
        text={copied}
        label={t("common.copy")}
        doneLabel={t("common.copied")}
        className="flex-1 px-3!"
      />
      <Button
        tone="secondary"
        icon="download"
        className="flex-1 px-3!"
        onClick={() => saveText(file.name, file.text)}
      >
        {t("keys.download")}
      </Button>
      <Button tone="secondary" icon="print" className="flex-1 px-3!" onClick={() => window.print()}>
        {t("keys.print")}
      </Button>
    </div>
  );
}
