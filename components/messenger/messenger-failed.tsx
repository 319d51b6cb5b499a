"use client";

import type { ReactElement } from "react";
import { PATHS, REFUSED } from "@/components/entrance/places";
import { Button } from "@/components/ui/button";
import { Mark } from "@/components/ui/mark";
import { useI18n } from "@/lib/client/hooks/i18n";
import { errorCode, useErrorText } from "@/lib/client/hooks/use-error-text";

export function MessengerFailed(props: { error: unknown; onRetry: () => void }): ReactElement {
  const { t } = useI18n();
  const errorText = useErrorText();
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center gap-3 p-6 text-center">
      <Mark className="size-14" />
      <h1 className="mt-2 text-balance font-serif text-2xl">{t("messenger.failedTitle")}</h1>
      <p role="alert" className="max-w-md text-pretty text-soft">
        {errorText(props.error)}
      </p>
      <Button icon="retry" className="mt-3" onClick={props.onRetry}>
        {t("common.retry")}
      </Button>
      {errorCode(props.error) === "vault-refused" && (
        <a
          className="py-2 font-medium text-accent underline underline-offset-3"
          href={PATHS.recover + REFUSED}
        >
          {t("account.forget")}
        </a>
      )}
    </main>
  );
}
