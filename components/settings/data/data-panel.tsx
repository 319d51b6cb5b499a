"use client";

import type { ReactElement } from "react";
import { useI18n } from "@/lib/client/hooks/i18n";
import { DeleteAccount } from "./delete-account";
import { ExportData } from "./export-data";

/** What the person may take along, what is known of them, and how to leave. */
export function DataPanel(): ReactElement {
  const { t } = useI18n();
  return (
    <>
      <ExportData />
      <a href="/privacy" className="self-start py-2 font-medium text-accent underline underline-offset-3">
        {t("export.privacy")}
      </a>
      <DeleteAccount />
    </>
  );
}
