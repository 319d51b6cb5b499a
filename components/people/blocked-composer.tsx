"use client";

import type { ReactElement } from "react";
import { useI18n } from "@/lib/client/hooks/i18n";
import { personName } from "@/lib/client/hooks/person-name";
import { ReportsTexts } from "@/lib/client/hooks/reports-texts";
import type { Person } from "@/lib/client/model";
import { UnblockButton } from "./unblock-button";

/** In the composer's place: one does not write to whom one does not want to hear of. */
export function BlockedComposer({ person }: { person: Person }): ReactElement {
  return (
    <div className="flex min-h-15 flex-wrap items-center justify-center gap-3 border-line border-t px-5 pt-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] text-sm text-soft">
      <ReportsTexts>
        <Reason person={person} />
      </ReportsTexts>
    </div>
  );
}

function Reason({ person }: { person: Person }): ReactElement {
  const { t } = useI18n();
  return (
    <>
      <p role="status" className="wrap-anywhere">
        {t("block.composer", { name: personName(person, t) })}
      </p>
      <UnblockButton person={person.id} />
    </>
  );
}
