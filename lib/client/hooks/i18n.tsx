"use client";

import { createContext, type ReactElement, type ReactNode, useContext, useMemo } from "react";
import {
  createTranslate,
  type LateMessages,
  type Locale,
  type Messages,
  type Translate,
} from "./translate.ts";

interface I18n {
  readonly locale: Locale;
  readonly t: Translate;
  readonly messages: Messages & Partial<LateMessages>;
}

const I18nContext = createContext<I18n | null>(null);

export function I18nProvider(props: {
  locale: Locale;
  messages: Messages & Partial<LateMessages>;
  children: ReactNode;
}): ReactElement {
  const { locale, messages, children } = props;
  const value = useMemo(
    () => ({ locale, messages, t: createTranslate(locale, messages) }),
    [locale, messages],
  );
  return <I18nContext value={value}>{children}</I18nContext>;
}

export function useI18n(): I18n {
  const value = useContext(I18nContext);
  if (!value) throw new Error("useI18n needs an I18nProvider above it");
  return value;
}

/**
 * The door picks the page's language by this cookie; the reload shows it. A browser may write cookies a moment later, and
 * ask for the page before it has: to read them is to wait for that.
 */
export function switchLocale(locale: Locale): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is absent from Firefox ESR.
  document.cookie = `locale=${locale}; Path=/; Max-Age=31536000; SameSite=Strict`;
  if (document.cookie.includes("locale=")) location.reload();
}
