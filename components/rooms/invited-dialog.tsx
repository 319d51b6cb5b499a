"use client";

import { type ReactElement, type ReactNode, useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icons";
import { Notice } from "@/components/ui/notice";
import type { ConversationId } from "@/lib/base/ids";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useAction } from "@/lib/client/hooks/use-action";
import { openConversationRoute } from "@/lib/client/hooks/use-conversation-route";
import { errorCode, useErrorText } from "@/lib/client/hooks/use-error-text";
import { useMessengerState } from "@/lib/client/hooks/use-messenger";
import { useRooms } from "@/lib/client/hooks/use-rooms";
import { RoomDialogFrame } from "./room-dialog-frame";
import { useStanding } from "./use-standing";
import { WaitingCard } from "./waiting-card";

/** The room that the address names, whether or not the rest of it is whole. */
const ROOM = /^#join=([\w-]{22})(?:\.|$)/;

/** What somebody sees who has followed an invitation: nothing is asked of the server before they say so. */
export function InvitedDialog({ onClose }: { onClose: () => void }): ReactElement {
  const { t } = useI18n();
  const [link] = useState(() => location.hash);
  const conversations = useMessengerState((state) => state.conversations);
  return (
    <RoomDialogFrame title={t("invited.title")} onClose={onClose}>
      <div className="flex flex-col gap-4 overflow-y-auto p-5">
        {conversations && (
          <Invited link={link} named={(ROOM.exec(link)?.[1] ?? "") as ConversationId} onClose={onClose} />
        )}
      </div>
    </RoomDialogFrame>
  );
}

function Invited(props: { link: string; named: ConversationId; onClose: () => void }): ReactElement {
  const { link, named, onClose } = props;
  const { t } = useI18n();
  const rooms = useRooms();
  const standing = useStanding(named);
  const [memberBefore] = useState(standing === "member");
  const [asked, setAsked] = useState(false);
  const join = useAction(async () => {
    await rooms.joinByLink(link);
    setAsked(true);
  });
  useEffect(() => {
    if (standing === "member" && !memberBefore) openConversationRoute(named);
  }, [standing, memberBefore, named]);

  if (standing === "waiting") {
    return (
      <>
        <WaitingCard room={named} name="" onCancel={() => setAsked(false)} />
        <Actions>
          <Button tone="secondary" onClick={onClose}>
            {t("common.close")}
          </Button>
        </Actions>
      </>
    );
  }
  if (memberBefore) {
    return (
      <>
        <p>{t("invited.member")}</p>
        <Actions>
          <Button onClick={() => openConversationRoute(named)}>{t("directory.open")}</Button>
        </Actions>
      </>
    );
  }
  return (
    <>
      <div className="flex items-start gap-3">
        <Icon name="lock" className="mt-0.5 size-5 text-soft" />
        <p className="text-pretty">{t("invited.body")}</p>
      </div>
      {join.error !== null && <Refused error={join.error} />}
      {asked && <Notice tone="danger">{t("invited.gone")}</Notice>}
      <Actions>
        <Button tone="secondary" onClick={onClose}>
          {t("invited.later")}
        </Button>
        <Button busy={join.busy} onClick={join.run}>
          {t("invited.join")}
        </Button>
      </Actions>
    </>
  );
}

function Refused({ error }: { error: unknown }): ReactElement {
  const { t } = useI18n();
  const errorText = useErrorText();
  const code = errorCode(error);
  return (
    <Notice tone="danger">
      {code === "bad-code"
        ? t("invited.broken")
        : code === "not-found" || code === "expired"
          ? t("invited.gone")
          : errorText(error)}
    </Notice>
  );
}

function Actions({ children }: { children: ReactNode }): ReactElement {
  return <div className="flex flex-wrap justify-end gap-2">{children}</div>;
}
