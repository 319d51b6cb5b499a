"use client";

import { type ReactElement, useState } from "react";
import { ActDialog } from "@/components/rooms/details/act-dialog";
import { useI18n } from "@/lib/client/hooks/i18n";
import { RetentionTexts } from "@/lib/client/hooks/retention-texts";
import { useMessenger } from "@/lib/client/hooks/use-messenger";
import type { Conversation } from "@/lib/client/model";
import { RetentionField } from "./retention-field";

interface Props {
  conversation: Conversation;
  onClose: () => void;
}

/** Both of two may choose, and see what is chosen. */
export function RetentionDialog(props: Props): ReactElement {
  return (
    <RetentionTexts>
      <Chooser {...props} />
    </RetentionTexts>
  );
}

function Chooser({ conversation: { id, retentionSeconds }, onClose }: Props): ReactElement {
  const { t } = useI18n();
  const messenger = useMessenger();
  const [seconds, setSeconds] = useState(retentionSeconds);
  return (
    <ActDialog
      title={t("retention.title")}
      description={t("retention.about")}
      confirmLabel={t("retention.save")}
      act={() => messenger.setRetention(id, seconds)}
      onClose={onClose}
    >
      <RetentionField value={seconds} before={retentionSeconds} onChange={setSeconds} />
    </ActDialog>
  );
}
