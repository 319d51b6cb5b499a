"use client";

import type { ReactElement, RefObject } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { NotOpened } from "@/components/ui/not-opened";
import { useToast } from "@/components/ui/toast";
import { useI18n } from "@/lib/client/hooks/i18n";
import { personName } from "@/lib/client/hooks/person-name";
import { ReportsTexts } from "@/lib/client/hooks/reports-texts";
import { useAction } from "@/lib/client/hooks/use-action";
import { useErrorText } from "@/lib/client/hooks/use-error-text";
import type { Person } from "@/lib/client/model";
import { useBlock } from "./use-block";

interface BlockDialogProps {
  person: Person;
  onClose: () => void;
  returnTo?: RefObject<HTMLElement | null>;
}

/** Says what blocking somebody means, before it is done. */
export function BlockDialog(props: BlockDialogProps): ReactElement {
  return (
    <ReportsTexts failed={(error) => <NotOpened error={error} onClose={props.onClose} />}>
      <Asking {...props} />
    </ReportsTexts>
  );
}

function Asking({ person, onClose, returnTo }: BlockDialogProps): ReactElement {
  const { t } = useI18n();
  const toast = useToast();
  const errorText = useErrorText();
  const block = useBlock();
  const name = personName(person, t);
  const act = useAction(async () => {
    try {
      await block(person.id, true);
      toast(t("block.done", { name }));
      onClose();
    } catch (error) {
      toast(errorText(error));
    }
  });
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => open || onClose()}
      title={t("block.title", { name })}
      description={t("block.body", { name })}
      confirmLabel={t("block.confirm")}
      cancelLabel={t("common.cancel")}
      closeLabel={t("common.close")}
      busy={act.busy}
      onConfirm={act.run}
      {...(returnTo && { returnTo })}
    />
  );
}
