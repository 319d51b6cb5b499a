"use client";

import { type ReactElement, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { TextField } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useAction } from "@/lib/client/hooks/use-action";
import { useErrorText } from "@/lib/client/hooks/use-error-text";
import { LIMITS } from "@/lib/protocol/limits";

export function RenameDialog(props: {
  name: string;
  onRename: (name: string) => Promise<void>;
  onClose: () => void;
}): ReactElement {
  const { t } = useI18n();
  const errorText = useErrorText();
  const [name, setName] = useState(props.name);
  const { run, busy, error } = useAction(async () => {
    if (name.trim() !== props.name) await props.onRename(name.trim());
    props.onClose();
  });
  return (
    <Dialog
      open
      onOpenChange={(open) => open || props.onClose()}
      title={t("devices.renameTitle")}
      closeLabel={t("common.close")}
    >
      <form
        className="flex flex-col gap-5 p-5"
        onSubmit={(event) => {
          event.preventDefault();
          run();
        }}
      >
        <TextField
          label={t("devices.name")}
          hint={t("devices.nameHint")}
          value={name}
          onChange={(event) => setName(event.target.value)}
          required
          pattern=".*\S.*"
          maxLength={LIMITS.deviceNameChars}
          autoComplete="off"
        />
        {error !== null && <Notice tone="danger">{errorText(error)}</Notice>}
        <div className="flex flex-wrap justify-end gap-2">
          <Button tone="secondary" onClick={props.onClose}>
            {t("common.cancel")}
          </Button>
          <Button type="submit" busy={busy}>
            {t("devices.renameConfirm")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
