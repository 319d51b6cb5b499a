"use client";

import type { ReactElement, ReactNode } from "react";
import { ConversationListSkeleton } from "@/components/conversation/conversation-list";
import { useI18n } from "@/lib/client/hooks/i18n";
import { SideHeader } from "./messenger-shell";
import { SHELL_CLASS, SIDE_CLASS } from "./shell-layout";

/** @param children stand above both panes. */
export function MessengerSkeleton({ children }: { children?: ReactNode }): ReactElement {
  const { t } = useI18n();
  return (
    <main className={SHELL_CLASS} aria-busy="true">
      <p role="status" className="sr-only">
        {t("messenger.start")}
      </p>
      <div className="col-span-full">{children}</div>
      <div className={SIDE_CLASS}>
        <SideHeader />
        <div className="mx-3 mb-2.5 flex shrink-0 gap-1.5">
          <div className="target flex-1 rounded-lg border border-line bg-raised" />
          <div className="target aspect-square rounded-lg border border-line bg-raised" />
        </div>
        <ConversationListSkeleton />
      </div>
      <div className="bg-paper max-md:hidden" />
    </main>
  );
}
