"use client";

import type { ReactElement } from "react";
import { Mark } from "@/components/ui/mark";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useMessengerState } from "@/lib/client/hooks/use-messenger";
import type { Person } from "@/lib/client/model";

/** The wax seal beside the name of somebody whose safety number was compared. */
export function VerifiedMark({ id }: { id: Person["id"] }): ReactElement | null {
  const { t } = useI18n();
  const verified = useMessengerState((state) => state.verified.has(id));
  if (!verified) return null;
  return (
    <span title={t("trust.verified")} className="ms-1 inline-flex align-[-0.15em]">
      <Mark className="size-4" />
      <span className="sr-only">{t("trust.verified")}</span>
    </span>
  );
}
