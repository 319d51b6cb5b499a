"use client";

import { type ReactElement, type ReactNode, useMemo } from "react";
import { I18nProvider, useI18n } from "./i18n.tsx";
import type { LateMessages } from "./translate.ts";

/** The words that one page has beside those of every page, for all below it. */
export function MoreTexts(props: { texts: Partial<LateMessages>; children: ReactNode }): ReactElement {
  const { texts, children } = props;
  const { locale, messages } = useI18n();
  const all = useMemo(() => ({ ...messages, ...texts }), [messages, texts]);
  return (
    <I18nProvider locale={locale} messages={all}>
      {children}
    </I18nProvider>
  );
}
