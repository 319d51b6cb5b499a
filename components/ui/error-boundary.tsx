"use client";

import { Component, type ReactElement, type ReactNode } from "react";
import { useI18n } from "@/lib/client/hooks/i18n";
import { Button } from "./button";

/** A view that failed while drawing. What was sent or received is not touched by it. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override readonly state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return <Failed onRetry={() => this.setState({ failed: false })} />;
  }
}

function Failed({ onRetry }: { onRetry: () => void }): ReactElement {
  const { t } = useI18n();
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center gap-3 p-6 text-center">
      <h1 className="text-balance font-serif text-2xl">{t("page.errorTitle")}</h1>
      <p role="alert" className="max-w-md text-pretty text-soft">
        {t("page.errorBody")}
      </p>
      <Button icon="retry" className="mt-3" onClick={onRetry}>
        {t("common.retry")}
      </Button>
    </main>
  );
}
