"use client";

import { type ReactElement, type ReactNode, useCallback, useEffect, useState } from "react";
import { I18nProvider, useI18n } from "./i18n.tsx";
import type { LateMessages, Locale } from "./translate.ts";

export type LateTextLoaders = Readonly<Record<Locale, () => Promise<{ default: Partial<LateMessages> }>>>;

export interface LateTextsProps {
  /** Stands in until they are here. */
  loading?: ReactNode;
  /** When they cannot be fetched. */
  failed?: (error: unknown, retry: () => void) => ReactNode;
  children: ReactNode;
}

/** The words of views that are loaded when somebody asks for them, for all below it. */
export function LateTexts(props: LateTextsProps & { loaders: LateTextLoaders }): ReactElement {
  const { loaders, loading, failed, children } = props;
  const { locale, messages } = useI18n();
  const [all, setAll] = useState<Parameters<typeof I18nProvider>[0]["messages"] | null>(null);
  const [failure, setFailure] = useState<{ error: unknown } | null>(null);
  const load = useCallback(() => {
    setFailure(null);
    loaders[locale]().then(
      (later) => setAll({ ...messages, ...later.default }),
      (error: unknown) => setFailure({ error }),
    );
  }, [loaders, locale, messages]);
  useEffect(load, [load]);

  if (failure) return <>{failed?.(failure.error, load)}</>;
  if (!all) return <>{loading}</>;
  return (
    <I18nProvider locale={locale} messages={all}>
      {children}
    </I18nProvider>
  );
}
