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

  /**
   * React keeps the failure of code that could not be loaded for as long as the page lives, and after an upgrade the server has that code
   * no more: only a new page really tries. Drafts and the outbox survive it. Without a network there would be no page.
   */
  private readonly retry = (): void => {
    if (navigator.onLine) location.reload();
    else this.setState({ failed: false });
  };

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return <Failed onRetry={this.retry} />;
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
