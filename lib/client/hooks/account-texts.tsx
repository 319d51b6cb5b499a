"use client";

import { type ReactElement, type ReactNode, useCallback, useEffect, useState } from "react";
import { I18nProvider, useI18n } from "./i18n.tsx";
import type { AccountMessages, Locale } from "./translate.ts";

const LOADERS: Readonly<Record<Locale, () => Promise<{ default: AccountMessages }>>> = {
  en: () => import("../../../locales/account.en.json"),
  fr: () => import("../../../locales/account.fr.json"),
};

/**
 * The words of views that are loaded when somebody asks for them (locales/account.*.json), for all below it.
 * @param loading stands in until they are here. @param failed when they cannot be fetched
 */
export function AccountTexts(props: {
  loading?: ReactNode;
  failed?: (error: unknown, retry: () => void) => ReactNode;
  children: ReactNode;
}): ReactElement {
  const { loading, failed, children } = props;
  const { locale, messages } = useI18n();
  const [all, setAll] = useState<Parameters<typeof I18nProvider>[0]["messages"] | null>(null);
  const [failure, setFailure] = useState<{ error: unknown } | null>(null);
  const load = useCallback(() => {
    setFailure(null);
    LOADERS[locale]().then(
      (later) => setAll({ ...messages, ...later.default }),
      (error: unknown) => setFailure({ error }),
    );
  }, [locale, messages]);
  useEffect(load, [load]);

  if (failure) return <>{failed?.(failure.error, load)}</>;
  if (!all) return <>{loading}</>;
  return (
    <I18nProvider locale={locale} messages={all}>
      {children}
    </I18nProvider>
  );
}
