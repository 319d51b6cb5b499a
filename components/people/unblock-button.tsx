"use client";

import type { ReactElement } from "react";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import type { AccountId } from "@/lib/base/ids";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useAction } from "@/lib/client/hooks/use-action";
import { useErrorText } from "@/lib/client/hooks/use-error-text";
import { useBlock } from "./use-block";

/** Below ReportsTexts. */
export function UnblockButton({ person }: { person: AccountId }): ReactElement {
  const { t } = useI18n();
  const toast = useToast();
  const errorText = useErrorText();
  const block = useBlock();
  const unblock = useAction(() =>
    block(person, false).catch((error: unknown) => {
      toast(errorText(error));
    }),
  );
  return (
    <Button tone="secondary" busy={unblock.busy} onClick={unblock.run}>
      {t("block.undo")}
    </Button>
  );
}
