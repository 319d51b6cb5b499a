"use client";

import type { ReactElement } from "react";
import { expectDeparture } from "@/components/rooms/departures";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useToast } from "@/components/ui/toast";
import { useI18n } from "@/lib/client/hooks/i18n";
import { conversationName } from "@/lib/client/hooks/person-name";
import { RoomsTexts } from "@/lib/client/hooks/rooms-texts";
import { useAction } from "@/lib/client/hooks/use-action";
import { closeConversationRoute } from "@/lib/client/hooks/use-conversation-route";
import { useErrorText } from "@/lib/client/hooks/use-error-text";
import { useMessenger } from "@/lib/client/hooks/use-messenger";
import type { SayingDialogProps } from "./dialog-props";
import { useTalk } from "./talk";

/** Asks once more before one leaves by a typed word. */
export function LeaveRoomDialog(props: SayingDialogProps): ReactElement {
  return (
    <RoomsTexts>
      <Asked {...props} />
    </RoomsTexts>
  );
}

function Asked({ onClose, returnTo }: SayingDialogProps): ReactElement {
  const { t } = useI18n();
  const toast = useToast();
  const errorText = useErrorText();
  const messenger = useMessenger();
  const { conversation } = useTalk();
  const { id, kind } = conversation;
  const leave = useAction(async () => {
    try {
      await expectDeparture(
        id,
        messenger.rooms().then((rooms) => rooms.leave(id)),
      );
      closeConversationRoute();
    } catch (error) {
      toast(errorText(error));
      onClose();
    }
  });
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={t("leave.title", { name: conversationName(conversation, t) })}
      description={t(kind === "public-room" ? "leave.bodyPublic" : "leave.bodyPrivate")}
      confirmLabel={t("leave.confirm")}
      cancelLabel={t("common.cancel")}
      closeLabel={t("common.close")}
      busy={leave.busy}
      returnTo={returnTo}
      onConfirm={leave.run}
    />
  );
}
