"use client";

import { type ReactElement, type ReactNode, useRef, useState } from "react";
import { StepUp } from "@/components/account/step-up";
import { PanelFailed, PanelSkeleton } from "@/components/settings/panel";
import { Button } from "@/components/ui/button";
import { AccountTexts } from "@/lib/client/hooks/account-texts";
import { useI18n } from "@/lib/client/hooks/i18n";
import { AccountProvider, useAccount } from "@/lib/client/hooks/use-account";
import { useMessengerState } from "@/lib/client/hooks/use-messenger";
import type { ReceivedReport } from "@/lib/client/model-reports";
import { ActForm } from "./act-form";
import { JumpToReported } from "./jump-to-reported";

/** What those who run the server can do about a report: to whose message it shows, once that is proven. */
export function ServerActions({ report }: { report: ReceivedReport }): ReactElement {
  const { t } = useI18n();
  const [acting, setActing] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const self = useMessengerState((state) => state.me?.id);
  const { opened, decision } = report;
  const { proof, sender } = opened?.message ?? {};
  const may = decision === null && proof === "proven" && !sender?.deleted && sender?.id !== self;
  return (
    <>
      <div className="-mx-2 flex flex-wrap items-center">
        <JumpToReported report={report} />
        {may && !acting && (
          <Button ref={button} tone="quiet" icon="shield" onClick={() => setActing(true)}>
            {t("act.open")}
          </Button>
        )}
      </div>
      {may && acting && opened && (
        <Guarded>
          <ActForm report={report.id} message={opened.message} onClose={() => setActing(false)} />
        </Guarded>
      )}
    </>
  );
}

function Guarded({ children }: { children: ReactNode }): ReactElement {
  const late = {
    loading: <PanelSkeleton />,
    failed: (error: unknown, retry: () => void) => <PanelFailed error={error} onRetry={retry} />,
  };
  return (
    <AccountTexts {...late}>
      <AccountProvider {...late}>
        <Confirmed>{children}</Confirmed>
      </AccountProvider>
    </AccountTexts>
  );
}

function Confirmed({ children }: { children: ReactNode }): ReactElement {
  const { sessions } = useAccount();
  return <StepUp confirm={sessions.stepUp}>{children}</StepUp>;
}
