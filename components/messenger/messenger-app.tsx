"use client";

import { type ReactElement, useEffect } from "react";
import { PATHS, signInAndBackTo } from "@/components/entrance/places";
import { ToastProvider } from "@/components/ui/toast";
import { useI18n } from "@/lib/client/hooks/i18n";
import { MessengerProvider, useMessengerState } from "@/lib/client/hooks/use-messenger";
import type { Messenger, Phase } from "@/lib/client/model";
import { ConnectionBar } from "./connection-bar";
import { MessengerFailed } from "./messenger-failed";
import { MessengerShell } from "./messenger-shell";
import { MessengerSkeleton } from "./messenger-skeleton";

/** Where a browser that cannot read messages yet, or no more, is sent. */
const ELSEWHERE: Partial<Record<Phase, string>> = {
  "signed-out": PATHS["sign-in"],
  keyless: PATHS.keys,
  locked: PATHS.recover,
  deleted: "/goodbye",
};

/** @param load only the gallery gives one. */
export function MessengerApp({ load }: { load?: () => Promise<Messenger> }): ReactElement {
  const { t } = useI18n();
  return (
    <MessengerProvider
      {...(load ? { load } : {})}
      loading={<MessengerSkeleton />}
      failed={(error, retry) => <MessengerFailed error={error} onRetry={retry} />}
    >
      <ToastProvider closeLabel={t("common.close")}>
        <ByPhase />
      </ToastProvider>
    </MessengerProvider>
  );
}

function ByPhase(): ReactElement {
  const phase = useMessengerState((state) => state.phase);
  const elsewhere = ELSEWHERE[phase];
  useEffect(() => {
    if (elsewhere) location.replace(phase === "signed-out" ? signInAndBackTo(location.hash) : elsewhere);
  }, [phase, elsewhere]);
  if (phase === "ready") return <MessengerShell />;
  return (
    <MessengerSkeleton>
      <ConnectionBar />
    </MessengerSkeleton>
  );
}
