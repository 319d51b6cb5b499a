"use client";

import type { ReactElement, ReactNode } from "react";
import { StepUp } from "@/components/account/step-up";
import { PanelSkeleton } from "@/components/settings/panel";
import { ToastProvider } from "@/components/ui/toast";
import { AccountTexts } from "@/lib/client/hooks/account-texts";
import { AdminProvider, AdminTexts, useAdmin } from "@/lib/client/hooks/admin/use-admin";
import { useI18n } from "@/lib/client/hooks/i18n";
import { AdminFailed } from "./admin-failed";
import { AdminShell } from "./admin-shell";

const failed = (error: unknown, retry: () => void) => (
  <main className="mx-auto max-w-2xl p-7">
    <AdminFailed error={error} onRetry={retry} />
  </main>
);
const waiting = (
  <div className="p-7">
    <PanelSkeleton />
  </div>
);

/** The administration: a page of its own, with nothing of the messenger in it. */
export function AdminApp(): ReactElement {
  const { t } = useI18n();
  return (
    <AccountTexts loading={waiting} failed={failed}>
      <AdminTexts loading={waiting} failed={failed}>
        <AdminProvider loading={waiting} failed={failed}>
          <ToastProvider closeLabel={t("common.close")}>
            <Guarded>
              <AdminShell />
            </Guarded>
          </ToastProvider>
        </AdminProvider>
      </AdminTexts>
    </AccountTexts>
  );
}

function Guarded({ children }: { children: ReactNode }): ReactElement {
  const { stepUp } = useAdmin();
  return <StepUp confirm={stepUp}>{children}</StepUp>;
}
