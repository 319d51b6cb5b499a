import type { ReactElement, ReactNode } from "react";
import { ErrorBoundary } from "@/components/ui/error-boundary";
import { I18nProvider } from "@/lib/client/hooks/i18n";
import { MESSAGES } from "@/locales";
import { type LocaleParams, localeOf } from "./params";

/**
 * What pages share, as a component of each and not as layout.tsx and error.tsx: Next makes those chunks of their
 * own, which repeat what the page's has, and the entrance counts every kilobyte.
 */
export async function LocalizedPage(props: LocaleParams & { children: ReactNode }): Promise<ReactElement> {
  const locale = await localeOf(props.params);
  return (
    <I18nProvider locale={locale} messages={MESSAGES[locale]}>
      <ErrorBoundary>{props.children}</ErrorBoundary>
    </I18nProvider>
  );
}
