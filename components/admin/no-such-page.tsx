"use client";

import type { ReactElement } from "react";
import { Mark } from "@/components/ui/mark";
import { useI18n } from "@/lib/client/hooks/i18n";

/** In the words of app/not-found.tsx: the administration is not there for who may not enter it. */
export function NoSuchPage(): ReactElement {
  const { t } = useI18n();
  return (
    <div className="flex min-h-[70dvh] flex-col items-center justify-center gap-1.5 p-6 text-center">
      <Mark className="mb-6 size-14" />
      <h1 className="text-balance font-serif text-2xl">{t("page.notFoundTitle")}</h1>
      <p className="text-pretty text-soft">{t("page.notFoundBody")}</p>
      <a href="/" className="py-2 font-medium text-accent underline underline-offset-3">
        {t("page.home")}
      </a>
    </div>
  );
}
